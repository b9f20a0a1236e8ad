import { and, eq } from 'drizzle-orm';
import type { Mail } from '../../adapters/mailer.ts';
import { accounts } from '../../db/schema/accounts.ts';
import { invitations } from '../../db/schema/invitations.ts';
import { passwordResets } from '../../db/schema/password-resets.ts';
import { workspaces } from '../../db/schema/workspaces.ts';
import type { SystemTx } from '../../db/tenant.ts';
import type { JobPayload } from '../../queue/jobs.ts';
import type { Keyring } from '../../secrets/keyring.ts';
import { writeLink } from '../../secrets/links.ts';
import { writeInvitationLink } from '../invitations/invitation-link.ts';
import { isUsable } from '../invitations/invite.ts';
import { mailTexts } from './mail-texts.ts';

/** The secret stands behind the #, which browsers send to no server and which no log therefore holds. */
const linkTo = (publicUrl: URL, page: string, token: string): string => `${publicUrl.origin}/${page}#${token}`;

interface Composing {
  keyring: Keyring;
  publicUrl: URL;
}

/** Undefined when the letter has lost its sense meanwhile: revoked, accepted, sent again, used. */
export const composeInvitation = async (tx: SystemTx, { keyring, publicUrl }: Composing, payload: JobPayload<'invitation.mail'>): Promise<Mail | undefined> => {
  const [row] = await tx.db
    .select({ invitation: invitations, workspace: workspaces.name, locale: workspaces.locale })
    .from(invitations)
    .innerJoin(workspaces, eq(workspaces.id, invitations.workspaceId))
    .where(and(eq(invitations.id, payload.invitationId), eq(invitations.linkVersion, payload.linkVersion), isUsable(tx.now)));
  if (row === undefined) return undefined;
  const link = linkTo(publicUrl, 'invitation', writeInvitationLink(keyring, row.invitation));
  const text = mailTexts[row.locale].invitation({ workspace: row.workspace, by: row.invitation.invitedByName, link });
  return { id: `invitation.${row.invitation.id}.${row.invitation.linkVersion}`, to: row.invitation.email, ...text };
};

export const composePasswordReset = async (tx: SystemTx, { keyring, publicUrl }: Composing, payload: JobPayload<'password_reset.mail'>): Promise<Mail | undefined> => {
  const [row] = await tx.db
    .select({ reset: passwordResets, account: accounts })
    .from(passwordResets)
    .innerJoin(accounts, eq(accounts.id, passwordResets.accountId))
    .where(eq(passwordResets.id, payload.passwordResetId));
  if (row === undefined || row.reset.usedAt !== null || row.reset.expiresAt <= tx.now) return undefined;
  const link = linkTo(publicUrl, 'reset-password', writeLink(keyring, 'password-reset-link', row.reset.id));
  return { id: `password-reset.${row.reset.id}`, to: row.account.email, ...mailTexts[row.account.locale].passwordReset({ name: row.account.name, link }) };
};
