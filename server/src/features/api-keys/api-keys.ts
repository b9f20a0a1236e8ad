import type { apiKeyOutput, createApiKeyInput, createApiKeyOutput } from '@waxos/contract/api-keys';
import { AppError } from '@waxos/contract/app-error';
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { newId } from '../../db/ids.ts';
import { apiKeys } from '../../db/schema/api-keys.ts';
import type { ReadTx, Tx } from '../../db/tenant.ts';
import { writeApiKey } from '../../secrets/api-key-format.ts';
import type { Keyring } from '../../secrets/keyring.ts';
import { recordAudit } from '../audit/record-audit.ts';

const DAY_MS = 24 * 60 * 60_000;
const PREFIX_LENGTH = 14;

export const listApiKeys = async (tx: ReadTx): Promise<z.input<typeof apiKeyOutput>[]> =>
  tx.db
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.workspaceId, tx.workspaceId), isNull(apiKeys.revokedAt)))
    .orderBy(desc(apiKeys.id));

/** The key itself leaves here once and is not stored; nobody hands out more than they may do themselves. */
export const createApiKey = async (tx: Tx, keyring: Keyring, input: z.output<typeof createApiKeyInput>): Promise<z.input<typeof createApiKeyOutput>> => {
  if (input.scopes.some((scope) => !tx.actor.permissions.includes(scope))) throw new AppError('BAD_INPUT', { fields: { scopes: 'scope_beyond_role' } });
  const expiresAt = input.expiresInDays === null ? null : new Date(tx.now.getTime() + input.expiresInDays * DAY_MS);
  await refuseToOutlive(tx, expiresAt);
  const id = newId();
  const key = writeApiKey(id);
  await tx.db.insert(apiKeys).values({
    workspaceId: tx.workspaceId,
    id,
    name: input.name,
    prefix: key.slice(0, PREFIX_LENGTH),
    keyMac: keyring.mac('api-key', key),
    scopes: input.scopes,
    createdByName: tx.actor.name,
    createdAt: tx.now,
    expiresAt,
  });
  tx.publish({ type: 'api_key.changed', apiKeyId: id });
  await recordAudit(tx, { action: 'api_key.created', subject: input.name, details: { scopes: input.scopes.join(', ') } });
  return { id, key };
};

/** Otherwise whoever holds a key for a day makes themselves one for ever. */
const refuseToOutlive = async (tx: Tx, expiresAt: Date | null): Promise<void> => {
  if (tx.actor.kind !== 'api_key') return;
  const [maker] = await tx.db
    .select({ expiresAt: apiKeys.expiresAt })
    .from(apiKeys)
    .where(and(eq(apiKeys.workspaceId, tx.workspaceId), eq(apiKeys.id, tx.actor.apiKeyId), isNull(apiKeys.revokedAt)));
  if (maker === undefined) throw new AppError('SIGNED_OUT');
  if (maker.expiresAt !== null && (expiresAt === null || expiresAt > maker.expiresAt)) throw new AppError('BAD_INPUT', { fields: { expiresInDays: 'expiry_beyond_key' } });
};

export const revokeApiKey = async (tx: Tx, apiKeyId: string): Promise<void> => {
  const [revoked] = await tx.db
    .update(apiKeys)
    .set({ revokedAt: tx.now })
    .where(and(eq(apiKeys.workspaceId, tx.workspaceId), eq(apiKeys.id, apiKeyId), isNull(apiKeys.revokedAt)))
    .returning({ name: apiKeys.name });
  if (revoked === undefined) throw new AppError('NOT_FOUND');
  tx.publish({ type: 'api_key.changed', apiKeyId });
  await recordAudit(tx, { action: 'api_key.revoked', subject: revoked.name });
};
