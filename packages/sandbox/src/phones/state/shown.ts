/** A phone on the screen, and which of its chats is open. */
export interface Shown {
  account: string;
  chat?: string;
}

const shownMax = 3;

/** What is shown stands in the address, so that Back and a reload do what they should: `#phones=a:chat,b`. */
export const formatShown = (shown: readonly Shown[]): string =>
  shown.length === 0 ? '' : `#phones=${shown.map(({ account, chat }) => (chat === undefined ? account : `${account}:${chat}`)).join(',')}`;

export function parseShown(hash: string): Shown[] {
  if (!hash.startsWith('#phones=')) return [];
  const parts = hash.slice('#phones='.length).split(',').slice(0, shownMax);
  return parts.flatMap((part): Shown[] => {
    const [, account, chat] = /^(\d{1,20})(?::([\w@.-]+))?$/.exec(part) ?? [];
    if (account === undefined) return [];
    return [chat === undefined ? { account } : { account, chat }];
  });
}

/** A QR's text that somebody opened the page with: `#scan=<text>`, plain or percent-encoded. */
export function parseScan(hash: string): string | undefined {
  if (!hash.startsWith('#scan=')) return undefined;
  const text = hash.slice('#scan='.length);
  try {
    return decodeURIComponent(text).trim();
  } catch (error) {
    // A QR may hold a bare percent sign: then it is meant as it stands.
    if (error instanceof URIError) return text.trim();
    throw error;
  }
}

/** Takes the place of the phone that was used last; one that is there already stays. */
export function putShown(shown: readonly Shown[], account: string, active: string | undefined): Shown[] {
  if (shown.some((one) => one.account === account)) return [...shown];
  const place = Math.max(0, shown.findIndex((one) => one.account === active));
  return shown.length === 0 ? [{ account }] : shown.map((one, index) => (index === place ? { account } : one));
}

export const putBeside = (shown: readonly Shown[], account: string): Shown[] =>
  shown.some((one) => one.account === account) ? [...shown] : [...shown.slice(-(shownMax - 1)), { account }];
