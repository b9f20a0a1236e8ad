import type { listEventsInput, listEventsOutput } from '@waxos/contract/events';
import { and, asc, eq, gt } from 'drizzle-orm';
import type { z } from 'zod';
import { workspaceCursors } from '../../db/schema/workspace-cursors.ts';
import { workspaceEvents } from '../../db/schema/workspace-events.ts';
import type { ReadTx } from '../../db/tenant.ts';

const PAGE = 200;

/**
 * What happened after a cursor, in order and without a gap: numbers become visible in their order (see 0004_effects).
 * The cursor that comes back is that of the last event handed out, so a full page is followed by the next one.
 */
export const listEvents = async (tx: ReadTx, { after }: z.output<typeof listEventsInput>): Promise<z.input<typeof listEventsOutput>> => {
  const [counter] = await tx.db.select().from(workspaceCursors).where(eq(workspaceCursors.workspaceId, tx.workspaceId));
  if (counter === undefined) throw new Error(`workspace ${tx.workspaceId} has no cursor row`);
  if (after === undefined) return { cursor: counter.lastSeq, reload: false, events: [] };
  // A cursor from the future belongs to a database that was since restored from a backup.
  if (after < counter.forgottenSeq || after > counter.lastSeq) return { cursor: counter.lastSeq, reload: true, events: [] };
  const events = await tx.db
    .select({ seq: workspaceEvents.seq, event: workspaceEvents.event })
    .from(workspaceEvents)
    .where(and(eq(workspaceEvents.workspaceId, tx.workspaceId), gt(workspaceEvents.seq, after)))
    .orderBy(asc(workspaceEvents.seq))
    .limit(PAGE);
  return { cursor: events.at(-1)?.seq ?? after, reload: false, events };
};
