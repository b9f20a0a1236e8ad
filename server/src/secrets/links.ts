import type { Keyring } from './keyring.ts';

type LinkPurpose = 'invitation-link' | 'password-reset-link';

/**
 * The secret part of a link in a mail is made from its row's id and our key, not stored: whoever reads the
 * database cannot follow the link, and a mail that is sent a second time after a crash carries the same one.
 */
export const writeLink = (keyring: Keyring, purpose: LinkPurpose, id: string): string => `${id}.${keyring.mac(purpose, id)}`;

export const openLink = (keyring: Keyring, purpose: LinkPurpose, token: string): string | undefined => {
  const dot = token.lastIndexOf('.');
  const id = token.slice(0, dot);
  return dot > 0 && keyring.isMac(purpose, id, token.slice(dot + 1)) ? id : undefined;
};
