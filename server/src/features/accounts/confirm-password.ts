import { AppError } from '@waxos/contract/app-error';
import type { Caller } from '../../trpc/find-caller.ts';
import type { RequestContext } from '../../trpc/request-context.ts';
import { getAccountRow } from './get-account.ts';

/** Asked again before anything that a borrowed, unlocked laptop should not be able to do. */
export const confirmPassword = async (ctx: RequestContext, caller: Caller, { password, field }: { password: string; field: string }): Promise<void> => {
  await ctx.limits.spend('code', caller.accountId);
  const account = await ctx.doors.withSystem('account', (tx) => getAccountRow(tx, caller.accountId));
  const { right } = await ctx.passwords.check(password, account.passwordHash);
  if (!right) throw new AppError('BAD_INPUT', { fields: { [field]: 'password_wrong' } });
};
