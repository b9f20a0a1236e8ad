import type { updateWorkspaceInput } from '@waxos/contract/workspaces';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { workspaces } from '../../db/schema/workspaces.ts';
import type { Tx } from '../../db/tenant.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { getWorkspace } from './get-workspace.ts';

export const updateWorkspace = async (tx: Tx, changes: z.output<typeof updateWorkspaceInput>): Promise<typeof workspaces.$inferSelect> => {
  const before = await getWorkspace(tx);
  const set = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const [after] = await tx.db.update(workspaces).set(set).where(eq(workspaces.id, tx.workspaceId)).returning();
  if (after === undefined) throw new Error(`workspace ${tx.workspaceId} went away under its member`);
  tx.publish({ type: 'workspace.updated', name: after.name });
  await recordAudit(tx, { action: 'workspace.updated', subject: before.name, details: differences(before, after) });
  return after;
};

const differences = (before: typeof workspaces.$inferSelect, after: typeof workspaces.$inferSelect): Record<string, string> => {
  const details: Record<string, string> = {};
  for (const key of ['name', 'locale', 'timeZone'] as const) if (before[key] !== after[key]) details[key] = `${before[key]} → ${after[key]}`;
  return details;
};
