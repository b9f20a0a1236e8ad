import { and, eq, inArray, ne } from 'drizzle-orm';
import { deviceCodes } from '../../db/schema/device-codes.ts';
import { devices } from '../../db/schema/devices.ts';
import type { Tx } from '../../db/tenant.ts';
import type { EventOf, Told } from './told.ts';

/** Where a session is. A code is of use while it is shown, and no longer. */
export const takeState = async (told: Told<EventOf<'session.changed'>>): Promise<void> => {
  const { tx, device, event, at } = told;
  const { state, reason, progress } = event;
  await tx.db
    .update(devices)
    .set({ state, stateReason: reason ?? null, progress: progress ?? null, stateSince: at, ...(state === 'logged_out' ? { linkedAt: null } : {}), ...(needsSomebody(state, reason) ? { wanted: 'stopped', pairWith: null } : {}) })
    .where(isDevice(tx, device.id));
  const kept = state === 'qr' ? 'qr' : state === 'pairing' ? 'code' : undefined;
  await tx.db.delete(deviceCodes).where(and(eq(deviceCodes.workspaceId, tx.workspaceId), eq(deviceCodes.deviceId, device.id), kept === undefined ? inArray(deviceCodes.kind, ['qr', 'code']) : ne(deviceCodes.kind, kept)));
  tx.publish({ type: 'device.changed', deviceId: device.id, kind: device.kind });
};

/** It rests, and goes on only when a person wants it to. */
const needsSomebody = (state: EventOf<'session.changed'>['state'], reason: EventOf<'session.changed'>['reason']): boolean =>
  state === 'logged_out' || state === 'conflict' || state === 'banned' || state === 'failed' || (state === 'stopped' && reason === 'no_link');

export const takeCode = async ({ tx, device, event }: Told<EventOf<'session.qr'> | EventOf<'session.code'>>): Promise<void> => {
  const shown = { kind: event.type === 'session.qr' ? 'qr' : 'code', value: event.type === 'session.qr' ? event.qr : event.code, expiresAt: new Date(event.expiresAt) } as const;
  await tx.db
    .insert(deviceCodes)
    .values({ workspaceId: tx.workspaceId, deviceId: device.id, ...shown })
    .onConflictDoUpdate({ target: [deviceCodes.workspaceId, deviceCodes.deviceId], set: shown });
  tx.publish({ type: 'device.code_changed', deviceId: device.id, kind: device.kind });
};

export const takeLinked = async ({ tx, device, event, at }: Told<EventOf<'session.linked'>>): Promise<void> => {
  const { me, pushName } = event;
  await tx.db
    .update(devices)
    .set({ pushName, linkedAt: at, ...(me.phone === undefined ? {} : { phoneNumber: `+${me.phone}` }), ...(me.lid === undefined ? {} : { lid: me.lid }) })
    .where(isDevice(tx, device.id));
  device.phone = me.phone ?? device.phone;
  device.lid = me.lid ?? device.lid;
  tx.publish({ type: 'device.changed', deviceId: device.id, kind: device.kind });
};

const isDevice = (tx: Tx, id: string) => and(eq(devices.workspaceId, tx.workspaceId), eq(devices.id, id));
