import { AppError } from '@waxos/contract/app-error';
import type { signUpInput } from '@waxos/contract/accounts';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { accounts } from '../../db/schema/accounts.ts';
import type { SystemTx } from '../../db/tenant.ts';
import type { RequestContext } from '../../trpc/request-context.ts';
import { createAccount } from '../accounts/create-account.ts';
import { createWorkspace } from '../workspaces/create-workspace.ts';
import { startSignInSession } from './start-sign-in-session.ts';

// Any fixed number: whoever holds it is the only one who may find out that nobody is here yet.
const FIRST_VISIT_LOCK = 7_205_759_404;

export const needsSetup = async (tx: SystemTx): Promise<boolean> => {
  const anybody = await tx.db.select({ id: accounts.id }).from(accounts).limit(1);
  return anybody.length === 0;
};

/** A person with a workspace of their own: the first one on an empty installation, or any one where sign-up is open. */
export const signUp = async (ctx: RequestContext, input: z.output<typeof signUpInput>, onlyAsFirst: boolean): Promise<{ workspaceId: string }> => {
  if (!onlyAsFirst && !ctx.signUpOpen) throw new AppError('SIGN_UP_CLOSED');
  const passwordHash = await ctx.passwords.hash(input.password, 'password');
  const made = await ctx.doors.withSystem('setup', async (tx) => {
    if (onlyAsFirst) {
      await tx.db.execute(sql`select pg_advisory_xact_lock(${FIRST_VISIT_LOCK})`);
      if (!(await needsSetup(tx))) throw new AppError('ALREADY_SET_UP');
    }
    const { name, email, locale, timeZone } = input;
    const accountId = await createAccount(tx, { name, email, locale, passwordHash });
    const workspaceId = await createWorkspace(tx, { name: input.workspaceName, locale, timeZone, owner: { accountId, name }, address: ctx.arrival.address });
    return { workspaceId, session: await startSignInSession(tx, accountId, ctx.arrival) };
  });
  ctx.arrival.setSignInSession(made.session);
  return { workspaceId: made.workspaceId };
};
