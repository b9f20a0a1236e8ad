import { AppError } from '@waxos/contract/app-error';
import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { newId } from '../../db/ids.ts';
import { accounts } from '../../db/schema/accounts.ts';
import type { SystemTx } from '../../db/tenant.ts';
import { blockOf } from '../../limits/address-block.ts';
import type { RequestContext } from '../../trpc/request-context.ts';
import { acceptRecoveryCode, acceptTotpCode } from '../accounts/totp.ts';
import { holdAccountRow } from '../accounts/get-account.ts';
import { recordAccountAudit } from '../audit/record-audit.ts';
import { startSignInSession, type NewSignInSession } from './start-sign-in-session.ts';

/**
 * password right ──TOTP off──▶ session
 *                └─TOTP on───▶ challenge (five minutes, sealed) ──code right──▶ session
 * Until then nothing is remembered on the server, and no answer says whether the e-mail or the password was wrong.
 */
type SignedIn = { next: 'done' } | { next: 'totp'; challenge: string };

const CHALLENGE_LIFETIME_MS = 5 * 60_000;
/** `proof` is a MAC of the password's hash: with another password the half of the way already gone is worth nothing. */
const challengeSchema = z.object({ accountId: z.uuid(), proof: z.string(), expiresAt: z.number() });
type Challenge = z.output<typeof challengeSchema>;

export const signIn = async (ctx: RequestContext, input: { email: string; password: string }): Promise<SignedIn> => {
  const { arrival, doors, limits, passwords } = ctx;
  await limits.spend('signIn', `${input.email} ${blockOf(arrival.address)}`);
  await limits.spend('signInAnywhere', input.email);
  const [account] = await doors.withSystem('sign-in', (tx) => tx.db.select().from(accounts).where(eq(accounts.email, input.email)));
  const { right, rehash } = await passwords.check(input.password, account?.passwordHash);
  if (account === undefined || !right) {
    await recordRefusal(ctx, account ?? { id: newId(), name: '' });
    throw new AppError('WRONG_CREDENTIALS');
  }
  const proven = await doors.withSystem('sign-in', (tx) => letIn(tx, ctx, { ...account, rehash }));
  if ('challenge' in proven) return { next: 'totp', challenge: proven.challenge };
  arrival.setSignInSession(proven);
  return { next: 'done' };
};

interface Proven {
  id: string;
  /** The hash that the password was checked against. */
  passwordHash: string;
  /** Of the same password, where the parameters have changed. */
  rehash: string | undefined;
}

/** Checking takes a while. Whoever changed the password meanwhile has shut the door; the row is held until we are through. */
const letIn = async (tx: SystemTx, ctx: RequestContext, { id, passwordHash, rehash }: Proven): Promise<NewSignInSession | { challenge: string }> => {
  const [account] = await tx.db
    .select()
    .from(accounts)
    .where(and(eq(accounts.id, id), eq(accounts.passwordHash, passwordHash)))
    .for('update');
  if (account === undefined) throw new AppError('WRONG_CREDENTIALS');
  if (rehash !== undefined) await tx.db.update(accounts).set({ passwordHash: rehash }).where(eq(accounts.id, id));
  if (account.totpConfirmedAt !== null) return { challenge: sealChallenge(ctx, id, rehash ?? passwordHash) };
  await recordAccountAudit(tx, { accountId: id, name: account.name, address: ctx.arrival.address, action: 'account.signed_in' });
  return startSignInSession(tx, id, ctx.arrival);
};

export const signInTotp = async (ctx: RequestContext, input: { challenge: string; code: string }): Promise<void> => {
  const { arrival, doors, keyring, limits } = ctx;
  const { accountId, proof } = openChallenge(ctx, input.challenge);
  await limits.spend('code', accountId);
  const session = await doors.withSystem('sign-in', async (tx) => {
    const account = await holdAccountRow(tx, accountId);
    if (!keyring.isMac('totp-challenge', account.passwordHash, proof)) throw new AppError('LINK_EXPIRED');
    const check = { accountId, code: input.code, keyring };
    const accepted = /^\d{6}$/.test(input.code) ? await acceptTotpCode(tx, account, check) : await acceptRecoveryCode(tx, check);
    if (!accepted) return account;
    await recordAccountAudit(tx, { accountId, name: account.name, address: arrival.address, action: 'account.signed_in' });
    return startSignInSession(tx, accountId, arrival);
  });
  if ('email' in session) {
    await recordRefusal(ctx, session);
    throw new AppError('WRONG_CODE');
  }
  arrival.setSignInSession(session);
};

/**
 * Asked for unknown accounts too, and without waiting for the disk: otherwise the time of the answer would tell who
 * has an account. A power cut may cost the last half second of such entries.
 */
const recordRefusal = (ctx: RequestContext, account: { id: string; name: string }): Promise<void> =>
  ctx.doors.withSystem('sign-in', async (tx) => {
    await tx.db.execute(sql`set local synchronous_commit to off`);
    await recordAccountAudit(tx, { accountId: account.id, name: account.name, address: ctx.arrival.address, action: 'account.sign_in_refused' });
  });

const sealChallenge = (ctx: RequestContext, accountId: string, passwordHash: string): string => {
  const challenge: Challenge = { accountId, proof: ctx.keyring.mac('totp-challenge', passwordHash), expiresAt: ctx.clock.now().getTime() + CHALLENGE_LIFETIME_MS };
  return ctx.keyring.seal('totp-challenge', JSON.stringify(challenge), 'sign-in');
};

const openChallenge = (ctx: RequestContext, sealed: string): Challenge => {
  const text = ctx.keyring.unseal('totp-challenge', sealed, 'sign-in');
  if (text === undefined) throw new AppError('LINK_EXPIRED');
  const challenge = challengeSchema.parse(JSON.parse(text));
  if (challenge.expiresAt < ctx.clock.now().getTime()) throw new AppError('LINK_EXPIRED');
  return challenge;
};
