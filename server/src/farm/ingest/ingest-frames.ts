import type { EventFrame } from '@waxos/contract/node-link/frames';
import { AppError } from '@waxos/contract/app-error';
import { and, eq, isNull } from 'drizzle-orm';
import type { SystemActor } from '../../db/actor.ts';
import { newId } from '../../db/ids.ts';
import { deviceLeases } from '../../db/schema/device-leases.ts';
import { deviceReadings } from '../../db/schema/device-readings.ts';
import { devices } from '../../db/schema/devices.ts';
import { parkedEvents } from '../../db/schema/parked-events.ts';
import type { Doors, Tx } from '../../db/tenant.ts';
import { cleanText } from './clean-text.ts';
import { takeTold } from './take-told.ts';
import type { TellingDevice } from './told.ts';

/** Who may tell of a device, as the farm knows it; never as a node says. */
export interface TellingLease {
  workspaceId: string;
  deviceId: string;
  epoch: number;
}

export type Ingested = { through: number } | 'refused';

/** PostgreSQL ended it for others' sake; done again it succeeds. */
const passing = new Set(['40001', '40P01', '55P03']);
const triesMax = 5;

/**
 * Puts what a device told into rows, in one transaction: all of it, or nothing. What is committed already is passed
 * over. One event that cannot be taken is parked with its reason, and those behind it go on. To be called serially
 * for a device; whoever calls twice at once waits here for the row that says how far it was read.
 */
export const ingestFrames =
  (doors: Pick<Doors, 'withTenant'>) =>
  async (lease: TellingLease, frames: readonly EventFrame[]): Promise<Ingested> => {
    const actor: SystemActor = { kind: 'system', workspaceId: lease.workspaceId, name: 'Waxos', permissions: [], address: '' };
    const attempt = (some: readonly EventFrame[]): Promise<Ingested> => untilItPasses(() => doors.withTenant(actor, (tx) => takeFrames(tx, lease, some)));
    try {
      return await attempt(frames);
    } catch (error) {
      if (isOfTheDatabase(error)) throw error;
      if (frames.length > 1) return oneByOne(frames, (frame) => ingestFrames(doors)(lease, [frame]));
      const [frame] = frames;
      if (frame === undefined) throw error;
      return untilItPasses(() => doors.withTenant(actor, (tx) => park(tx, lease, { frame, error })));
    }
  };

const oneByOne = async (frames: readonly EventFrame[], ingest: (frame: EventFrame) => Promise<Ingested>): Promise<Ingested> => {
  let last: Ingested = { through: 0 };
  for (const frame of frames) {
    last = await ingest(frame);
    if (last === 'refused') break;
  }
  return last;
};

const untilItPasses = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries >= triesMax || !passing.has(codeOf(error))) throw error;
    }
  }
};

const codeOf = (error: unknown): string => {
  const root = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return root instanceof Error && 'code' in root ? String(root.code) : '';
};

/** Away, or ended for others' sake too often: the event is not to blame, and comes again. */
const isOfTheDatabase = (error: unknown): boolean => (error instanceof AppError && error.code === 'UNAVAILABLE') || passing.has(codeOf(error)) || /^(53|57|58|XX)/.test(codeOf(error));

const takeFrames = async (tx: Tx, lease: TellingLease, frames: readonly EventFrame[]): Promise<Ingested> => {
  const through = await readThrough(tx, lease);
  if (through === 'refused') return 'refused';
  const fresh = frames.filter(({ seq }) => seq > through);
  const last = fresh.at(-1);
  if (last === undefined) return { through };
  const device = await findDevice(tx, lease.deviceId);
  for (const { event, at } of fresh) await takeTold({ tx, device, event: cleanText(event), at: new Date(at), take: takeTold });
  return markRead(tx, lease, last.seq);
};

/**
 * How far this epoch was read. The row is held until commit, and the lease looked at behind it: of two epochs that
 * tell at once one waits, and then finds who has the device.
 */
const readThrough = async ({ db, workspaceId }: Tx, { deviceId, epoch }: TellingLease): Promise<number | 'refused'> => {
  await db.insert(deviceReadings).values({ workspaceId, deviceId, epoch, seq: 0 }).onConflictDoNothing();
  const [reading] = await db
    .select()
    .from(deviceReadings)
    .where(and(eq(deviceReadings.workspaceId, workspaceId), eq(deviceReadings.deviceId, deviceId)))
    .for('update');
  const [lease] = await db
    .select({ epoch: deviceLeases.epoch })
    .from(deviceLeases)
    .where(and(eq(deviceLeases.workspaceId, workspaceId), eq(deviceLeases.deviceId, deviceId)));
  if (lease?.epoch !== epoch) return 'refused';
  return reading?.epoch === epoch ? reading.seq : 0;
};

const markRead = async ({ db, workspaceId }: Tx, { deviceId, epoch }: TellingLease, seq: number): Promise<Ingested> => {
  await db
    .update(deviceReadings)
    .set({ epoch, seq })
    .where(and(eq(deviceReadings.workspaceId, workspaceId), eq(deviceReadings.deviceId, deviceId)));
  return { through: seq };
};

const findDevice = async ({ db, workspaceId }: Tx, deviceId: string): Promise<TellingDevice> => {
  const [device] = await db
    .select({ id: devices.id, kind: devices.kind, phoneNumber: devices.phoneNumber, lid: devices.lid })
    .from(devices)
    .where(and(eq(devices.workspaceId, workspaceId), eq(devices.id, deviceId), isNull(devices.removedAt)));
  if (device === undefined) throw new Error('the device was removed');
  return { id: device.id, kind: device.kind, phone: device.phoneNumber?.slice(1) ?? null, lid: device.lid };
};

const park = async (tx: Tx, lease: TellingLease, { frame, error }: { frame: EventFrame; error: unknown }): Promise<Ingested> => {
  const through = await readThrough(tx, lease);
  if (through === 'refused') return 'refused';
  if (frame.seq <= through) return { through };
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  await tx.db.insert(parkedEvents).values({
    workspaceId: tx.workspaceId,
    id: newId(),
    deviceId: lease.deviceId,
    epoch: lease.epoch,
    seq: frame.seq,
    type: frame.event.type,
    reason: cause instanceof Error ? cause.message.slice(0, 500) : 'unknown',
    event: cleanText(frame.event),
    parkedAt: tx.now,
  });
  return markRead(tx, lease, frame.seq);
};
