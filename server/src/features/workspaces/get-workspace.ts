import { eq } from 'drizzle-orm';
import { workspaces } from '../../db/schema/workspaces.ts';
import type { ReadTx } from '../../db/tenant.ts';

export const getWorkspace = async (tx: ReadTx): Promise<typeof workspaces.$inferSelect> => {
  const [workspace] = await tx.db.select().from(workspaces).where(eq(workspaces.id, tx.workspaceId));
  if (workspace === undefined) throw new Error(`workspace ${tx.workspaceId} went away under its member`);
  return workspace;
};
