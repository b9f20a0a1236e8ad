import { AppError } from '@waxos/contract/app-error';
import { DEVICES_PER_WORKSPACE_MAX, type addDeviceInput, type deviceOutput } from '@waxos/contract/devices';
import { and, count, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { newId } from '../../db/ids.ts';
import { devices } from '../../db/schema/devices.ts';
import type { Tx } from '../../db/tenant.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { lockDevices, refuseTakenName } from './refuse-taken-name.ts';

/** The contract has seen to it that whoever adds a real number accepted the risk; who and when is kept with it. */
export const addDevice = async (tx: Tx, { name, kind }: z.output<typeof addDeviceInput>): Promise<z.input<typeof deviceOutput>> => {
  await lockDevices(tx);
  await refuseBeyondLimit(tx);
  await refuseTakenName(tx, name);
  const device = {
    workspaceId: tx.workspaceId,
    id: newId(),
    kind,
    name,
    phoneNumber: null,
    state: 'stopped',
    stateReason: 'no_node',
    createdByName: tx.actor.name,
    createdAt: tx.now,
    riskAcknowledgedAt: kind === 'whatsapp' ? tx.now : null,
  } as const;
  await tx.db.insert(devices).values(device);
  tx.publish({ type: 'device.added', deviceId: device.id, kind });
  await recordAudit(tx, { action: 'device.added', subject: name, details: { deviceKind: kind } });
  return device;
};

const refuseBeyondLimit = async (tx: Tx): Promise<void> => {
  const [counted] = await tx.db
    .select({ devices: count() })
    .from(devices)
    .where(and(eq(devices.workspaceId, tx.workspaceId), isNull(devices.removedAt)));
  if ((counted?.devices ?? 0) >= DEVICES_PER_WORKSPACE_MAX) throw new AppError('TOO_MANY_DEVICES');
};
