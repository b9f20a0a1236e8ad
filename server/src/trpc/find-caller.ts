import { AppError } from '@waxos/contract/app-error';
import { findSignInSession, touchSignInSession } from './sign-in-sessions.ts';
import type { RequestContext } from './request-context.ts';

export interface Caller {
  accountId: string;
  signInSessionId: string;
  name: string;
  email: string;
}

/** Whose cookie this is; without a good one, SIGNED_OUT. */
export const findCaller = async (ctx: RequestContext): Promise<Caller> => {
  const token = ctx.arrival.signInToken;
  if (token === undefined) throw new AppError('SIGNED_OUT');
  return ctx.once('caller', () =>
    ctx.doors.withSystem('sign-in', async (tx) => {
      const session = await findSignInSession(tx, token);
      if (session === undefined) throw new AppError('SIGNED_OUT');
      await touchSignInSession(tx, session, ctx.arrival.address);
      return { accountId: session.accountId, signInSessionId: session.id, name: session.name, email: session.email };
    }),
  );
};
