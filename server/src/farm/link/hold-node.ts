import { commandAnswerSchema, glimpseFrameSchema, heartbeatSchema, type CommandAnswer, type CommandFrame, type Heartbeat, type HeartbeatAnswer } from '@waxos/contract/node-link/frames';
import type { Glimpse } from '@waxos/contract/node-link/events';
import type { Log } from '@waxos/process/log';
import type { Socket } from 'socket.io';
import type { Doors } from '../../db/tenant.ts';
import type { KnownNode } from '../nodes/find-node-by-token.ts';
import { beat, type Beat } from './beat.ts';
import { findLease, type Claim } from './claim-link.ts';
import type { Line, Queues } from './hold-queues.ts';
import type { TellingLease } from './ingest.ts';
import { openGlimpseLimit } from './limit-glimpses.ts';
import type { LinkMetrics } from './link-metrics.ts';
import { readEvent } from './read-event.ts';

/** Told as it is, now, and kept by nobody. */
export type HearGlimpse = (of: { workspaceId: string; deviceId: string; glimpse: Glimpse; at: number }) => void;

export interface NodeParts {
  doors: Pick<Doors, 'withSystem'>;
  queues: Queues;
  hearGlimpse: HearGlimpse;
  metrics: LinkMetrics;
  log: Log;
  leaseMs: number;
  released: (leases: Beat['released']) => void;
}

export interface HeldNode {
  node: KnownNode;
  claim: Claim;
  command: (frame: CommandFrame, timeoutMs: number) => Promise<CommandAnswer | 'away'>;
  end: (why: string) => void;
  /** Resolves when the connection is gone, whoever ended it. */
  ended: Promise<string>;
}

const GLIMPSES_PER_SECOND = 20;

/** A welcomed connection of a node: events into their queues, heartbeats answered, commands out. */
export const holdNode = (socket: Socket, { node, claim, leases }: { node: KnownNode; claim: Claim; leases: readonly TellingLease[] }, parts: NodeParts): HeldNode => {
  const { log } = parts;
  const ended = Promise.withResolvers<string>();
  const end = (why: string): void => {
    if (!socket.connected) return;
    log.warn({ node: node.name, why }, 'node.ended');
    socket.disconnect(true);
  };
  const book = openLeaseBook(parts, { nodeId: node.id, leases });
  const line: Line = {
    findLease: book.find,
    // What is emitted to a socket that is gone would be kept for nobody.
    acked: (told) => void (socket.connected && socket.emit('acked', told)),
    refused: (told) => void (socket.connected && socket.emit('refused', told)),
  };
  socket.once('disconnect', (why) => {
    parts.queues.leave(line);
    ended.resolve(why);
  });
  socket.on('event', hearEvents(parts, { line, end }));
  socket.on('glimpse', hearGlimpses(parts, book));
  socket.on('heartbeat', answerHeartbeats(parts, { claim, end }));
  return { node, claim, end, ended: ended.promise, command: (frame, timeoutMs) => giveCommand(socket, { frame, timeoutMs, ended: ended.promise }) };
};

type LeaseBook = ReturnType<typeof openLeaseBook>;

/** Leases of this node as they were seen; of an epoch it never changes whose it is. */
const openLeaseBook = ({ doors }: NodeParts, { nodeId, leases }: { nodeId: string; leases: readonly TellingLease[] }) => {
  const known = new Map(leases.map((lease) => [lease.deviceId, lease]));
  const look = (deviceId: string, epoch: number): TellingLease | undefined => {
    const lease = known.get(deviceId);
    return lease?.epoch === epoch ? lease : undefined;
  };
  return {
    look,
    find: async (deviceId: string, epoch: number): Promise<TellingLease | undefined> => {
      const found = look(deviceId, epoch) ?? (await doors.withSystem('node-link', (tx) => findLease(tx, { nodeId, deviceId, epoch })));
      if (found !== undefined && epoch >= (known.get(deviceId)?.epoch ?? 0)) known.set(deviceId, found);
      return found;
    },
  };
};

const hearEvents =
  ({ queues, metrics, log }: NodeParts, { line, end }: { line: Line; end: (why: string) => void }) =>
  (raw: unknown): void => {
    const read = readEvent(raw);
    if (read.kind === 'unreadable') {
      // Without its numbers it can neither be kept nor acknowledged.
      metrics.events('unreadable', 1);
      log.error('an event has no readable numbers');
    } else if (!queues.take(line, read)) end('window');
  };

const hearGlimpses = ({ hearGlimpse, metrics }: NodeParts, book: LeaseBook) => {
  const limit = openGlimpseLimit({ perSecond: GLIMPSES_PER_SECOND, now: Date.now });
  const asking = new Set<string>();
  const learn = (device: string, epoch: number): void => {
    if (asking.size > 0) return;
    asking.add(device);
    book.find(device, epoch).then(
      () => asking.delete(device),
      () => asking.delete(device),
    );
  };
  return (raw: unknown): void => {
    const read = glimpseFrameSchema.safeParse(raw);
    if (!read.success) return metrics.glimpse('dropped');
    const { device, epoch, at, glimpse } = read.data;
    const lease = book.look(device, epoch);
    // The next one will be known; nothing waits for it.
    if (lease === undefined) learn(device, epoch);
    if (lease === undefined || !limit.admits(device)) return metrics.glimpse('dropped');
    metrics.glimpse('passed');
    hearGlimpse({ workspaceId: lease.workspaceId, deviceId: lease.deviceId, glimpse, at });
  };
};

const answerHeartbeats = ({ doors, leaseMs, log, released }: NodeParts, { claim, end }: { claim: Claim; end: (why: string) => void }) => {
  let answering = false;
  const settle = async (heartbeat: Heartbeat, answer?: (said: HeartbeatAnswer) => void): Promise<void> => {
    const told = await doors.withSystem('node-link', (tx) => beat(tx, { claim, heartbeat, leaseMs }));
    if (told === undefined) return end('replaced');
    answer?.({ now: told.now, leases: told.leases });
    if (told.released.length > 0) released(told.released);
  };
  return (raw: unknown, answer?: (said: HeartbeatAnswer) => void): void => {
    const read = heartbeatSchema.safeParse(raw);
    if (!read.success) return end('heartbeat');
    // A node waits for its answer; whoever does not would only make the database busy.
    if (answering) return;
    answering = true;
    settle(read.data, answer)
      // Without an answer the node takes this gateway for gone, and looks for another one.
      .catch((error: unknown) => log.error({ err: error }, 'a heartbeat could not be answered'))
      .finally(() => {
        answering = false;
      });
  };
};

interface Giving {
  frame: CommandFrame;
  timeoutMs: number;
  ended: Promise<string>;
}

const giveCommand = async (socket: Socket, { frame, timeoutMs, ended }: Giving): Promise<CommandAnswer | 'away'> => {
  if (!socket.connected) return 'away';
  const answered = Promise.withResolvers<CommandAnswer | 'away'>();
  // Socket.IO's own timer would run on behind a connection that has ended.
  const timer = setTimeout(() => answered.resolve('away'), timeoutMs);
  void ended.then(() => answered.resolve('away'));
  socket.emit('command', frame, (said: unknown) => answered.resolve(commandAnswerSchema.safeParse(said).data ?? 'away'));
  try {
    return await answered.promise;
  } finally {
    clearTimeout(timer);
  }
};
