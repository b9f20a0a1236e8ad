import { desc, isNull } from 'drizzle-orm';
import { parkedEvents } from '../../db/schema/parked-events.ts';
import type { SystemTx } from '../../db/tenant.ts';

const LISTED_MAX = 50;

/** What nobody understood, newest first: where it came from and why, and nothing of what it says. */
export const listParked = (tx: Pick<SystemTx, 'db'>): Promise<Pick<typeof parkedEvents.$inferSelect, 'workspaceId' | 'deviceId' | 'epoch' | 'seq' | 'type' | 'reason' | 'parkedAt'>[]> =>
  tx.db
    .select({
      workspaceId: parkedEvents.workspaceId,
      deviceId: parkedEvents.deviceId,
      epoch: parkedEvents.epoch,
      seq: parkedEvents.seq,
      type: parkedEvents.type,
      reason: parkedEvents.reason,
      parkedAt: parkedEvents.parkedAt,
    })
    .from(parkedEvents)
    .where(isNull(parkedEvents.takenUpAt))
    .orderBy(desc(parkedEvents.parkedAt), desc(parkedEvents.id))
    .limit(LISTED_MAX);
