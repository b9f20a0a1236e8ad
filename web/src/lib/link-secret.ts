/**
 * The secret of a link in a mail comes after `#`, which no server sees. It is taken out of the address at once,
 * so that it stays out of the history, and kept for this tab, so that signing in on the way does not lose it.
 */
export function takeLinkSecret(name: 'invitation' | 'reset-password'): string | undefined {
  const key = `waxos.${name}`;
  const fragment = location.hash.slice(1);
  if (fragment !== '') {
    sessionStorage.setItem(key, fragment);
    history.replaceState(history.state, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(key) ?? undefined;
}

export const forgetLinkSecret = (name: 'invitation' | 'reset-password'): void => sessionStorage.removeItem(`waxos.${name}`);
