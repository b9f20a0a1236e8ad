/** The SHA-256 of a file, as WhatsApp writes it. */
export const hashOf = async (blob: Blob): Promise<string> => btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))));
