import type { listAuditInput, listAuditOutput } from '@waxos/contract/audit';
import { and, desc, eq, lt } from 'drizzle-orm';
import type { z } from 'zod';
import { auditEntries } from '../../db/schema/audit-entries.ts';
import type { ReadTx } from '../../db/tenant.ts';

/** Newest first; ids are in order of time, so the last one seen is the cursor to older ones. */
export const listAudit = async (tx: ReadTx, { action, before, limit }: z.output<typeof listAuditInput>): Promise<z.input<typeof listAuditOutput>> => {
  const rows = await tx.db
    .select()
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspaceId, tx.workspaceId),
        action === undefined ? undefined : eq(auditEntries.action, action),
        before === undefined ? undefined : lt(auditEntries.id, before),
      ),
    )
    .orderBy(desc(auditEntries.id))
    .limit(limit + 1);
  const entries = rows.slice(0, limit);
  return { entries, nextBefore: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
};
