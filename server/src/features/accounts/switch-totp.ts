import { AppError } from '@waxos/contract/app-error';
import { and, eq, isNull } from 'drizzle-orm';
import { accounts } from '../../db/schema/accounts.ts';
import { recoveryCodes } from '../../db/schema/recovery-codes.ts';
import type { Caller } from '../../trpc/find-caller.ts';
import type { RequestContext } from '../../trpc/request-context.ts';
import { recordAccountAudit } from '../audit/record-audit.ts';
import { endOtherSignInSessions, rotateSignInSession } from '../sign-ins/start-sign-in-session.ts';
import { confirmPassword } from './confirm-password.ts';
import { getAccountRow } from './get-account.ts';
import { renewRecoveryCodes } from './recovery-codes.ts';
import { acceptTotpCode, newTotpSecret, totpUri } from './totp.ts';

/** off ──begin──▶ scanning ──confirm──▶ on ──disable──▶ off. Beginning again while scanning gives a new secret; while on, it is refused. */
export const beginTotp = async (ctx: RequestContext, caller: Caller, password: string): Promise<{ secret: string; uri: string }> => {
  await confirmPassword(ctx, caller, { password, field: 'password' });
  const secret = newTotpSecret();
  await ctx.doors.withSystem('account', async (tx) => {
    const begun = await tx.db
      .update(accounts)
      .set({ totpSecretSealed: ctx.keyring.seal('totp-secret', secret, caller.accountId), totpLastStep: 0 })
      .where(and(eq(accounts.id, caller.accountId), isNull(accounts.totpConfirmedAt)))
      .returning({ id: accounts.id });
    if (begun.length === 0) throw new AppError('CONFLICT');
  });
  return { secret, uri: totpUri(secret, caller.email) };
};

export const confirmTotp = async (ctx: RequestContext, caller: Caller, code: string): Promise<string[]> => {
  await ctx.limits.spend('code', caller.accountId);
  const done = await ctx.doors.withSystem('account', async (tx) => {
    const account = await getAccountRow(tx, caller.accountId);
    if (account.totpConfirmedAt !== null || account.totpSecretSealed === null) throw new AppError('CONFLICT');
    if (!(await acceptTotpCode(tx, account, { accountId: caller.accountId, code, keyring: ctx.keyring }))) throw new AppError('BAD_INPUT', { fields: { code: 'code_wrong' } });
    await tx.db.update(accounts).set({ totpConfirmedAt: tx.now }).where(eq(accounts.id, caller.accountId));
    const codes = await renewRecoveryCodes(tx, caller.accountId, ctx.keyring);
    await endOtherSignInSessions(tx, caller.accountId, caller.signInSessionId);
    await recordAccountAudit(tx, { accountId: caller.accountId, name: caller.name, address: ctx.arrival.address, action: 'account.totp_enabled' });
    return { codes, session: await rotateSignInSession(tx, caller.signInSessionId, 'refused') };
  });
  ctx.arrival.setSignInSession(done.session);
  return done.codes;
};

export const disableTotp = async (ctx: RequestContext, caller: Caller, password: string): Promise<void> => {
  await confirmPassword(ctx, caller, { password, field: 'password' });
  const session = await ctx.doors.withSystem('account', async (tx) => {
    const account = await getAccountRow(tx, caller.accountId);
    if (account.totpConfirmedAt === null) throw new AppError('CONFLICT');
    await tx.db.update(accounts).set({ totpSecretSealed: null, totpConfirmedAt: null }).where(eq(accounts.id, caller.accountId));
    await tx.db.delete(recoveryCodes).where(eq(recoveryCodes.accountId, caller.accountId));
    await recordAccountAudit(tx, { accountId: caller.accountId, name: caller.name, address: ctx.arrival.address, action: 'account.totp_disabled' });
    return rotateSignInSession(tx, caller.signInSessionId, 'refused');
  });
  ctx.arrival.setSignInSession(session);
};

export const replaceRecoveryCodes = async (ctx: RequestContext, caller: Caller, password: string): Promise<string[]> => {
  await confirmPassword(ctx, caller, { password, field: 'password' });
  return ctx.doors.withSystem('account', async (tx) => {
    const account = await getAccountRow(tx, caller.accountId);
    if (account.totpConfirmedAt === null) throw new AppError('CONFLICT');
    await recordAccountAudit(tx, { accountId: caller.accountId, name: caller.name, address: ctx.arrival.address, action: 'account.recovery_codes_renewed' });
    return renewRecoveryCodes(tx, caller.accountId, ctx.keyring);
  });
};
