import { AppError } from '@waxos/contract/app-error';
import { and, eq, isNull } from 'drizzle-orm';
import { devices } from '../../db/schema/devices.ts';
import type { Tx } from '../../db/tenant.ts';

/** One that was not removed, held for this transaction: two who change it do so one after the other. */
export const getDevice = async (tx: Tx, deviceId: string): Promise<typeof devices.$inferSelect> => {
  const [device] = await tx.db
    .select()
    .from(devices)
    .where(and(eq(devices.workspaceId, tx.workspaceId), eq(devices.id, deviceId), isNull(devices.removedAt)))
    .for('update');
  if (device === undefined) throw new AppError('NOT_FOUND');
  return device;
};
