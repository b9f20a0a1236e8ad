/** What this browser sent itself is shown from its memory, at once and also before it is uploaded. */
const local = new Map<string, string>();

export function rememberLocally(hash: string, file: Blob): void {
  if (!local.has(hash)) local.set(hash, URL.createObjectURL(file));
}

export const mediaUrl = (hash: string): string => local.get(hash) ?? `api/media/${hash}`;

/** The hash that the sandbox will give these bytes. Outside of HTTPS browsers cannot count it: then any other name does. */
export async function hashOf(file: Blob): Promise<string> {
  const bytes = crypto.subtle === undefined ? crypto.getRandomValues(new Uint8Array(32)) : new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
