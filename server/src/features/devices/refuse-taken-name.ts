import { AppError } from '@waxos/contract/app-error';
import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import { devices } from '../../db/schema/devices.ts';
import { workspaces } from '../../db/schema/workspaces.ts';
import type { Tx } from '../../db/tenant.ts';

/** What is counted and compared over all devices of a workspace holds until commit: others who add or rename wait. */
export const lockDevices = async (tx: Tx): Promise<void> => {
  // Not 'update': rows elsewhere that refer to the workspace may come meanwhile.
  await tx.db.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, tx.workspaceId)).for('no key update');
};

/** Asked after `lockDevices`. Two names that differ in capitals alone are one to whoever looks for it in a list. */
export const refuseTakenName = async (tx: Tx, name: string, exceptId?: string): Promise<void> => {
  const [other] = await tx.db
    .select({ id: devices.id })
    .from(devices)
    .where(
      and(
        eq(devices.workspaceId, tx.workspaceId),
        isNull(devices.removedAt),
        eq(sql`lower(${devices.name})`, sql`lower(${name})`),
        exceptId === undefined ? undefined : ne(devices.id, exceptId),
      ),
    );
  if (other !== undefined) throw new AppError('CONFLICT', { fields: { name: 'device_name_taken' } });
};
