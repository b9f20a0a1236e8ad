import { AppError } from '@waxos/contract/app-error';
import { idSchema } from '@waxos/contract/fields';
import { rolePermissions } from '@waxos/contract/permissions';
import { and, eq, sql } from 'drizzle-orm';
import type { ApiKeyActor, MemberActor } from '../db/actor.ts';
import { prepareQuery } from '../db/prepared-query.ts';
import { members } from '../db/schema/members.ts';
import { findCaller } from './find-caller.ts';
import { findApiKeyActor } from './find-api-key-actor.ts';
import type { RequestContext } from './request-context.ts';

/** Who acts, and in which workspace. A workspace that is not theirs does not exist for them. */
export const findActor = (ctx: RequestContext): Promise<MemberActor | ApiKeyActor> => {
  const { apiKey } = ctx.arrival;
  return ctx.once<MemberActor | ApiKeyActor>('actor', () => (apiKey === undefined ? findMember(ctx) : findApiKeyActor(ctx, apiKey)));
};

const membership = prepareQuery((db) =>
  db
    .select({ id: members.id, role: members.role })
    .from(members)
    .where(and(eq(members.workspaceId, sql.placeholder('workspaceId')), eq(members.accountId, sql.placeholder('accountId')))),
);

const findMember = async (ctx: RequestContext): Promise<MemberActor> => {
  const caller = await findCaller(ctx);
  const asked = idSchema.safeParse(ctx.arrival.workspaceId);
  if (!asked.success) throw new AppError('BAD_INPUT', { fields: { 'waxos-workspace': 'invalid_id' } });
  const workspaceId = asked.data;
  const [member] = await ctx.doors.withSystem('sign-in', (tx) => tx.run(membership, { workspaceId, accountId: caller.accountId }));
  if (member === undefined) throw new AppError('NOT_FOUND');
  return {
    kind: 'member',
    workspaceId,
    memberId: member.id,
    accountId: caller.accountId,
    role: member.role,
    permissions: rolePermissions[member.role],
    name: caller.name,
    address: ctx.arrival.address,
  };
};
