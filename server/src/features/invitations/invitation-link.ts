import { openLink, writeLink } from '../../secrets/links.ts';
import type { Keyring } from '../../secrets/keyring.ts';

/** The version is part of what is signed: a mail sent again makes the older links worthless. */
export const writeInvitationLink = (keyring: Keyring, invitation: { id: string; linkVersion: number }): string =>
  writeLink(keyring, 'invitation-link', `${invitation.id}.${invitation.linkVersion}`);

export const openInvitationLink = (keyring: Keyring, token: string): { id: string; linkVersion: number } | undefined => {
  const [id, version] = openLink(keyring, 'invitation-link', token)?.split('.') ?? [];
  return id === undefined || version === undefined ? undefined : { id, linkVersion: Number(version) };
};
