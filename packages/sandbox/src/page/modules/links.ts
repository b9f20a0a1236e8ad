export interface FoundLink {
  url: string;
  href: string;
  isSuspicious: boolean;
  suspiciousCharacters: Set<string>;
}

const link = /\b(?:https?:\/\/|www\.)[^\s<>"']+[^\s<>"'.,;:!?)\]]|\b(?:[a-z0-9-]+\.)+(?:com|org|net|example|br|es|id|io|dev|shop|info)\b(?:\/[^\s<>"']*)?/giu;

/** Links in a text, as WhatsApp makes them tappable: with and without a scheme. */
export const findLinks = (text: unknown): FoundLink[] =>
  typeof text !== 'string'
    ? []
    : [...text.matchAll(link)].map(([url]) => ({
        url,
        href: /^https?:/i.test(url) ? url : `http://${url}`,
        // Letters of other scripts in a host may pass for those of another.
        suspiciousCharacters: new Set((/^(?:https?:\/\/)?([^/]+)/i.exec(url)?.[1] ?? '').match(/\P{ASCII}/gu) ?? []),
        isSuspicious: false,
      }));

export const findLink = (text: unknown): FoundLink | undefined => findLinks(text)[0];
