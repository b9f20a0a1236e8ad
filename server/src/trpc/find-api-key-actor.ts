import { AppError } from '@waxos/contract/app-error';
import { and, eq, gt, isNull, or } from 'drizzle-orm';
import type { ApiKeyActor } from '../db/actor.ts';
import { apiKeys } from '../db/schema/api-keys.ts';
import { apiKeyIdOf } from '../secrets/api-key-format.ts';
import type { RequestContext } from './request-context.ts';

const USED_EVERY_MS = 60_000;

/** The workspace of a key is the key's own; a header that names another one is refused rather than ignored. */
export const findApiKeyActor = async (ctx: RequestContext, key: string): Promise<ApiKeyActor> => {
  const id = apiKeyIdOf(key);
  if (id === undefined) throw new AppError('SIGNED_OUT');
  const found = await ctx.doors.withSystem('api-key', async (tx) => {
    const alive = and(isNull(apiKeys.revokedAt), or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, tx.now)));
    const [row] = await tx.db.select().from(apiKeys).where(and(eq(apiKeys.id, id), alive));
    if (row === undefined || !ctx.keyring.isMac('api-key', key, row.keyMac)) return undefined;
    if (row.lastUsedAt === null || tx.now.getTime() - row.lastUsedAt.getTime() >= USED_EVERY_MS) {
      await tx.db.update(apiKeys).set({ lastUsedAt: tx.now }).where(and(eq(apiKeys.workspaceId, row.workspaceId), eq(apiKeys.id, id)));
    }
    return row;
  });
  if (found === undefined) throw new AppError('SIGNED_OUT');
  const { workspaceId: asked } = ctx.arrival;
  if (asked !== undefined && asked !== found.workspaceId) throw new AppError('NOT_FOUND');
  return { kind: 'api_key', workspaceId: found.workspaceId, apiKeyId: id, permissions: found.scopes, name: found.name, address: ctx.arrival.address };
};
