import { initTRPC, TRPCError } from '@trpc/server';
import { AppError } from '@waxos/contract/app-error';
import type { Permission } from '@waxos/contract/permissions';
import { ZodError } from 'zod';
import type { ReadTx, Tx } from '../db/tenant.ts';
import { blockOf } from '../limits/address-block.ts';
import { findCaller, type Caller } from './find-caller.ts';
import { findActor } from './find-actor.ts';
import { toPublicError, trpcCodeOf } from './public-error.ts';
import type { RequestContext } from './request-context.ts';

/** Each procedure says who may call it; the router walk reads this and tries the others. */
export type Access = { access: 'public' } | { access: 'account' } | { access: 'workspace'; permission: Permission };

const trpc = initTRPC
  .context<RequestContext>()
  .meta<Access>()
  .create({
    defaultMeta: { access: 'public' },
    errorFormatter: ({ shape, error, ctx }) => {
      const waxos = toPublicError(error.cause instanceof ZodError || error.cause instanceof AppError ? error.cause : causeOf(error), ctx?.arrival.requestId ?? '');
      return { ...shape, message: waxos.text, data: { code: shape.data.code, httpStatus: shape.data.httpStatus, waxos } };
    },
  });

/** What tRPC itself refuses, such as a body that is no JSON, is bad input and not a bug of ours. */
const causeOf = (error: TRPCError): unknown => {
  if (error.code === 'NOT_FOUND') return new AppError('NOT_FOUND');
  if (['PARSE_ERROR', 'BAD_REQUEST', 'UNSUPPORTED_MEDIA_TYPE', 'METHOD_NOT_SUPPORTED', 'PAYLOAD_TOO_LARGE'].includes(error.code)) return new AppError('BAD_INPUT');
  return error;
};

export const router = trpc.router;

const base = trpc.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok && result.error.cause instanceof AppError) {
    throw new TRPCError({ code: trpcCodeOf(result.error.cause.code), cause: result.error.cause });
  }
  return result;
});

/** Anybody, also without signing in: counted by address, each procedure for itself. */
export const publicProcedure = base.meta({ access: 'public' }).use(async ({ ctx, path, next }) => {
  await ctx.limits.spend('public', `${path} ${blockOf(ctx.arrival.address)}`);
  return next();
});

/** A signed-in person, for what is theirs and no workspace's. */
export const accountProcedure = base.meta({ access: 'account' }).use(async ({ ctx, next }) => {
  const caller: Caller = await findCaller(ctx);
  await ctx.limits.spend('member', caller.accountId);
  return next({ ctx: { caller } });
});

/** A member of the workspace, or an API key of it, with the permission. */
export const tenantProcedure = (permission: Permission) =>
  base.meta({ access: 'workspace', permission }).use(async ({ ctx, next }) => {
    const actor = await findActor(ctx);
    await (actor.kind === 'api_key' ? ctx.limits.spend('key', actor.apiKeyId) : ctx.limits.spend('member', actor.accountId));
    if (!actor.permissions.includes(permission)) throw new AppError('FORBIDDEN');
    const inWorkspace: InWorkspace = (work) => ctx.doors.withTenant(actor, work);
    const readWorkspace: ReadWorkspace = (work) => ctx.doors.withTenant(actor, work, 'reading');
    return next({ ctx: { actor, inWorkspace, readWorkspace } });
  });

/** `withTenant`, already told who acts. */
export type InWorkspace = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
type ReadWorkspace = <T>(work: (tx: ReadTx) => Promise<T>) => Promise<T>;
