import type { Act } from '../act.ts';

/** Nobody is asked outside: what a link leads to is made of the link itself. */
export const preview: Act<'link.preview'> = (_core, _actor, { url }) => {
  const parsed = URL.parse(url.includes('://') ? url : `https://${url}`);
  // Names under .invalid lead nowhere, by the rules of the internet.
  if (parsed === null || !parsed.hostname.includes('.') || parsed.hostname.endsWith('.invalid')) return null;
  const { hostname, pathname, href } = parsed;
  return { title: hostname.replace(/^www\./, ''), description: pathname === '/' ? `The first page of ${hostname}` : `${hostname}${pathname}`, canonicalUrl: href };
};
