import type { deviceOutput, renameDeviceInput } from '@waxos/contract/devices';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { devices } from '../../db/schema/devices.ts';
import type { Tx } from '../../db/tenant.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { getDevice } from './get-device.ts';
import { lockDevices, refuseTakenName } from './refuse-taken-name.ts';

export const renameDevice = async (tx: Tx, { deviceId, name }: z.output<typeof renameDeviceInput>): Promise<z.input<typeof deviceOutput>> => {
  await lockDevices(tx);
  const device = await getDevice(tx, deviceId);
  if (device.name === name) return device;
  await refuseTakenName(tx, name, deviceId);
  await tx.db
    .update(devices)
    .set({ name })
    .where(and(eq(devices.workspaceId, tx.workspaceId), eq(devices.id, deviceId)));
  tx.publish({ type: 'device.renamed', deviceId, kind: device.kind });
  await recordAudit(tx, { action: 'device.renamed', subject: device.name, details: { deviceName: `${device.name} → ${name}`, deviceKind: device.kind } });
  return { ...device, name };
};
