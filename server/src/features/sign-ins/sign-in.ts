import { AppError } from '@waxos/contract/app-error';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { newId } from '../../db/ids.ts';
import { accounts } from '../../db/schema/accounts.ts';
import { blockOf } from '../../limits/address-block.ts';
import type { RequestContext } from '../../trpc/request-context.ts';
import { acceptRecoveryCode, acceptTotpCode } from '../accounts/totp.ts';
import { getAccountRow } from '../accounts/get-account.ts';
import { recordAccountAudit } from '../audit/record-audit.ts';
import { startSession } from './start-session.ts';

/**
 * password right ──TOTP off──▶ session
 *                └─TOTP on───▶ challenge (five minutes, sealed) ──code right──▶ session
 * Until then nothing is remembered on the server, and no answer says whether the e-mail or the password was wrong.
 */
type SignedIn = { next: 'done' } | { next: 'totp'; challenge: string };

const CHALLENGE_LIFETIME_MS = 5 * 60_000;
const challengeSchema = z.object({ accountId: z.uuid(), expiresAt: z.number() });

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
  if (rehash !== undefined) await doors.withSystem('account', (tx) => tx.db.update(accounts).set({ passwordHash: rehash }).where(eq(accounts.id, account.id)));
  if (account.totpConfirmedAt !== null) return { next: 'totp', challenge: sealChallenge(ctx, account.id) };
  const session = await doors.withSystem('sign-in', async (tx) => {
    await recordAccountAudit(tx, { accountId: account.id, name: account.name, address: arrival.address, action: 'account.signed_in' });
    return startSession(tx, account.id, arrival);
  });
  arrival.setSession(session);
  return { next: 'done' };
};

export const signInTotp = async (ctx: RequestContext, input: { challenge: string; code: string }): Promise<void> => {
  const { arrival, doors, keyring, limits } = ctx;
  const accountId = openChallenge(ctx, input.challenge);
  await limits.spend('code', accountId);
  const session = await doors.withSystem('sign-in', async (tx) => {
    const account = await getAccountRow(tx, accountId);
    const check = { accountId, code: input.code, keyring };
    const accepted = /^\d{6}$/.test(input.code) ? await acceptTotpCode(tx, account, check) : await acceptRecoveryCode(tx, check);
    if (!accepted) return account;
    await recordAccountAudit(tx, { accountId, name: account.name, address: arrival.address, action: 'account.signed_in' });
    return startSession(tx, accountId, arrival);
  });
  if ('email' in session) {
    await recordRefusal(ctx, session);
    throw new AppError('WRONG_CODE');
  }
  arrival.setSession(session);
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

const sealChallenge = (ctx: RequestContext, accountId: string): string => {
  const challenge: z.input<typeof challengeSchema> = { accountId, expiresAt: ctx.clock.now().getTime() + CHALLENGE_LIFETIME_MS };
  return ctx.keyring.seal('totp-challenge', JSON.stringify(challenge), 'sign-in');
};

const openChallenge = (ctx: RequestContext, sealed: string): string => {
  const text = ctx.keyring.unseal('totp-challenge', sealed, 'sign-in');
  if (text === undefined) throw new AppError('LINK_EXPIRED');
  const challenge = challengeSchema.parse(JSON.parse(text));
  if (challenge.expiresAt < ctx.clock.now().getTime()) throw new AppError('LINK_EXPIRED');
  return challenge.accountId;
};
