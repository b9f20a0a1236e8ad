import { and, eq } from 'drizzle-orm';
import type { SystemActor } from '../../db/actor.ts';
import { newId } from '../../db/ids.ts';
import { deviceLeases } from '../../db/schema/device-leases.ts';
import { deviceReadings } from '../../db/schema/device-readings.ts';
import { parkedEvents } from '../../db/schema/parked-events.ts';
import type { Doors } from '../../db/tenant.ts';
import type { TellingLease } from './ingest.ts';
import type { ReadEvent } from './read-event.ts';

type Malformed = Extract<ReadEvent, { kind: 'malformed' }>;

/** Keeps what nobody understands, and reads on behind it. Done again it changes nothing. */
export const parkEvent = async (doors: Pick<Doors, 'withTenant'>, { workspaceId, deviceId, epoch }: TellingLease, { place: { seq }, type, reason, event }: Malformed): Promise<{ through: number } | 'refused'> => {
  const actor: SystemActor = { kind: 'system', workspaceId, name: 'Waxos', permissions: [], address: '' };
  return doors.withTenant(actor, async ({ db, now }) => {
    const ofDevice = and(eq(deviceReadings.workspaceId, workspaceId), eq(deviceReadings.deviceId, deviceId));
    await db.insert(deviceReadings).values({ workspaceId, deviceId, epoch, seq: 0 }).onConflictDoNothing();
    // Held until commit, and the lease looked at behind it: as ingest does.
    const [reading] = await db.select().from(deviceReadings).where(ofDevice).for('update');
    const [lease] = await db
      .select({ epoch: deviceLeases.epoch })
      .from(deviceLeases)
      .where(and(eq(deviceLeases.workspaceId, workspaceId), eq(deviceLeases.deviceId, deviceId)));
    if (lease?.epoch !== epoch) return 'refused';
    const through = reading?.epoch === epoch ? reading.seq : 0;
    if (seq <= through) return { through };
    await db.insert(parkedEvents).values({ workspaceId, id: newId(), deviceId, epoch, seq, type, reason, event, parkedAt: now });
    await db.update(deviceReadings).set({ epoch, seq }).where(ofDevice);
    return { through: seq };
  });
};
