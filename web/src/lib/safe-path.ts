const here = 'https://waxos.invalid';

/**
 * A path of this site, or undefined. A link may carry where to go after sign-in, and anybody can write a link:
 * what leads elsewhere (`//evil.example`, `/\evil.example`, `javascript:`) is dropped.
 */
export function safePath(path: unknown): string | undefined {
  if (typeof path !== 'string' || !path.startsWith('/')) return undefined;
  const url = URL.parse(path, here);
  if (url === null || url.origin !== here) return undefined;
  const resolved = `${url.pathname}${url.search}${url.hash}`;
  // `/./` and `/x/..//host` resolve to two slashes, which a browser would read as another host.
  return resolved.startsWith('//') ? undefined : resolved;
}
