import { AppError } from '@waxos/contract/app-error';
import type { removeDeviceInput } from '@waxos/contract/devices';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { devices } from '../../db/schema/devices.ts';
import type { Tx } from '../../db/tenant.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { getDevice } from './get-device.ts';

/** It leaves the list and frees its name; its row stays, for what was written over it. */
export const removeDevice = async (tx: Tx, { deviceId, name }: z.output<typeof removeDeviceInput>): Promise<void> => {
  const device = await getDevice(tx, deviceId);
  // Keyboards write the same accented letter in two ways.
  if (device.name.normalize('NFC') !== name.normalize('NFC')) throw new AppError('BAD_INPUT', { fields: { name: 'device_name_differs' } });
  await tx.db
    .update(devices)
    .set({ removedAt: tx.now })
    .where(and(eq(devices.workspaceId, tx.workspaceId), eq(devices.id, deviceId)));
  tx.publish({ type: 'device.removed', deviceId, kind: device.kind });
  await recordAudit(tx, { action: 'device.removed', subject: device.name, details: { deviceKind: device.kind } });
};
