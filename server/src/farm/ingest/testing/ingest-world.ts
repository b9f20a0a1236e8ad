import type { Message } from '@waxos/contract/node-link/contents';
import type { SessionEvent } from '@waxos/contract/node-link/events';
import type { EventFrame } from '@waxos/contract/node-link/frames';
import type { Chat, MessageKey } from '@waxos/contract/node-link/identities';
import { stoppedClock } from '@waxos/process/clock';
import { openTestDatabase, type TestDatabase } from '@waxos/standalone/testing/database';
import type { SystemActor } from '../../../db/actor.ts';
import { newId } from '../../../db/ids.ts';
import { deviceLeases } from '../../../db/schema/device-leases.ts';
import { devices } from '../../../db/schema/devices.ts';
import { nodes } from '../../../db/schema/nodes.ts';
import { workspaceCursors } from '../../../db/schema/workspace-cursors.ts';
import { workspaces } from '../../../db/schema/workspaces.ts';
import { openDoors, type Doors } from '../../../db/tenant.ts';
import { ingestFrames, type Ingested, type TellingLease } from '../ingest-frames.ts';

/** A device of a workspace, and whoever tells of it. */
export interface Teller {
  lease: TellingLease;
  actor: SystemActor;
  /** Under the next numbers, in one batch. */
  tell: (...events: SessionEvent[]) => Promise<Ingested>;
  /** Under these very numbers. */
  tellAs: (first: number, ...events: SessionEvent[]) => Promise<Ingested>;
}

export interface IngestWorld {
  database: TestDatabase;
  doors: Doors;
  openTeller: (workspaceId?: string) => Promise<Teller>;
  close: () => Promise<void>;
}

export const openIngestWorld = async (): Promise<IngestWorld> => {
  const database = await openTestDatabase();
  const clock = stoppedClock(new Date('2026-01-05T09:00:00Z'));
  const doors = openDoors({ appUrl: database.appUrl, systemUrl: database.systemUrl, poolSize: 6, clock });
  const openWorkspace = async (): Promise<string> => {
    const workspaceId = newId();
    await doors.withSystem('setup', async (tx) => {
      await tx.db.insert(workspaces).values({ id: workspaceId, name: 'Shop', createdAt: tx.now });
      await tx.db.insert(workspaceCursors).values({ workspaceId });
    });
    return workspaceId;
  };
  return {
    database,
    doors,
    openTeller: async (given) => {
      const workspaceId = given ?? (await openWorkspace());
      const [deviceId, nodeId] = [newId(), newId()];
      const lease: TellingLease = { workspaceId, deviceId, epoch: 1 };
      await doors.withSystem('setup', async (tx) => {
        await tx.db.insert(nodes).values({ id: nodeId, name: `node-${nodeId}`, tokenHash: nodeId, tokenRotatedAt: tx.now, createdAt: tx.now });
        await tx.db.insert(devices).values({ workspaceId, id: deviceId, kind: 'sandbox', name: deviceId, state: 'ready', createdByName: 'Owner', createdAt: tx.now });
        await tx.db.insert(deviceLeases).values({ workspaceId, deviceId, nodeId, epoch: 1, grantedAt: tx.now, expiresAt: tx.now });
      });
      const ingest = ingestFrames(doors);
      let next = 1;
      const tellAs = (first: number, ...events: SessionEvent[]): Promise<Ingested> => ingest(lease, events.map((event, index): EventFrame => ({ device: deviceId, epoch: lease.epoch, seq: first + index, at: clock.now().getTime(), event })));
      return {
        lease,
        actor: { kind: 'system', workspaceId, name: 'Waxos', permissions: [], address: '' },
        tellAs,
        tell: (...events) => {
          const first = next;
          next += events.length;
          return tellAs(first, ...events);
        },
      };
    },
    close: async () => {
      await doors.close();
      await database.close();
    },
  };
};

export const byPhone = (phone: string): Chat => ({ kind: 'person', person: { phone } });
export const byLid = (lid: string): Chat => ({ kind: 'person', person: { lid } });
export const byBoth = (phone: string, lid: string): Chat => ({ kind: 'person', person: { phone, lid } });

export const keyOf = (chat: Chat, id: string, rest: Partial<MessageKey> = {}): MessageKey => ({ chat, fromMe: false, id, ...rest });

export const seen = (key: MessageKey, text: string, rest: Partial<Message> = {}): Extract<SessionEvent, { type: 'message.seen' }> => ({
  type: 'message.seen',
  source: 'live',
  message: { key, at: 1_767_600_000, content: { kind: 'text', text }, ack: 1, ...rest },
});
