import { setTimeout as pause } from 'node:timers/promises';
import type { EventFrame } from '@waxos/contract/node-link/frames';
import type { Ingest, TellingLease } from './ingest.ts';
import type { Numbered, ReadEvent } from './read-event.ts';

/**
 * What nodes told and is not committed yet, a queue for each device.
 *
 *   empty ──taken in──▶ waiting ──its turn──▶ under way ──committed──▶ acknowledged, and gone
 *                          ▲                     ├──not its epoch──▶ refused; all of that epoch is gone
 *                          └──the database is away, after a while────┘
 *   its line ends: what waits is gone, since the node tells it again on the next one
 *
 * A device's queue is one for all connections of this gateway, so that two batches of it never run at once. What one
 * connection may have in here is bounded: a node that keeps the contract never has more than its window on the way.
 */
export interface Queues {
  /** False where this line may tell no more before something of it is committed. */
  take: (line: Line, event: Told) => boolean;
  /** What waits of it is forgotten. */
  leave: (line: Line) => void;
  held: () => { events: number; devices: number };
  /** Resolves when nothing is under way any more; what waits is dropped. */
  close: () => Promise<void>;
}

export type Told = Exclude<ReadEvent, { kind: 'unreadable' }>;
type Outcome = Awaited<ReturnType<Ingest>>;

/** One connection of a node, as far as its events are concerned. */
export interface Line {
  /** Undefined where this node has no such lease. */
  findLease: (device: string, epoch: number) => Promise<TellingLease | undefined>;
  acked: (told: { device: string; epoch: number; seq: number }) => void;
  refused: (told: { device: string; epoch: number }) => void;
}

export interface QueuesOptions {
  ingest: Ingest;
  park: (lease: TellingLease, event: Extract<ReadEvent, { kind: 'malformed' }>) => Promise<Outcome>;
  heldOfLineMax: number;
  committed: (seen: { events: number; parked: boolean; waitedMs: number }) => void;
  refused: (events: number) => void;
  failed: (error: unknown, device: string) => void;
  retryMs?: number;
  retryMsMax?: number;
}

interface Waiting {
  line: Line;
  told: Told;
  place: Numbered;
  since: number;
}

const BATCH = 64;

export const holdQueues = (options: QueuesOptions): Queues => {
  const { heldOfLineMax, failed, retryMs = 200, retryMsMax = 5_000 } = options;
  const shelf = openShelf();
  const settle = settleWith(shelf, options);
  const runs = new Set<Promise<void>>();
  const closing = new AbortController();

  const run = async (device: string, queue: readonly Waiting[]): Promise<void> => {
    for (let tries = 0; queue.length > 0 && !closing.signal.aborted; ) {
      const batch = nextBatch(queue);
      try {
        settle(device, batch, await commit(batch, options));
        tries = 0;
      } catch (error) {
        failed(error, device);
        await pause(Math.min(retryMsMax, retryMs * 2 ** tries), undefined, { signal: closing.signal }).catch(() => undefined);
        tries += 1;
      }
    }
    shelf.clear(device);
  };
  return {
    take: (line, told) => {
      if (shelf.heldOf(line) >= heldOfLineMax || closing.signal.aborted) return false;
      const place = told.kind === 'frame' ? told.frame : told.place;
      const begun = shelf.put(place.device, { line, told, place, since: performance.now() });
      if (begun !== undefined) {
        const running = run(place.device, begun).finally(() => runs.delete(running));
        runs.add(running);
      }
      return true;
    },
    leave: shelf.leave,
    held: shelf.held,
    close: async () => {
      closing.abort();
      await Promise.all(runs);
    },
  };
};

type Shelf = ReturnType<typeof openShelf>;

const openShelf = () => {
  const queues = new Map<string, Waiting[]>();
  const heldOf = new Map<Line, number>();
  const drop = (device: string, isIt: (one: Waiting) => boolean): number => {
    const queue = queues.get(device) ?? [];
    const gone = queue.filter(isIt);
    for (const { line } of gone) heldOf.set(line, (heldOf.get(line) ?? 1) - 1);
    queue.splice(0, queue.length, ...queue.filter((one) => !isIt(one)));
    return gone.length;
  };
  return {
    /** The queue, where it begins with this one. */
    put: (device: string, waiting: Waiting): readonly Waiting[] | undefined => {
      heldOf.set(waiting.line, (heldOf.get(waiting.line) ?? 0) + 1);
      const queue = queues.get(device);
      if (queue !== undefined) return void queue.push(waiting);
      const begun = [waiting];
      queues.set(device, begun);
      return begun;
    },
    drop,
    clear: (device: string): void => {
      drop(device, () => true);
      queues.delete(device);
    },
    heldOf: (line: Line): number => heldOf.get(line) ?? 0,
    isThere: (line: Line): boolean => heldOf.has(line),
    leave: (line: Line): void => {
      for (const device of queues.keys()) drop(device, (one) => one.line === line);
      heldOf.delete(line);
    },
    held: () => ({ events: [...queues.values()].reduce((sum, queue) => sum + queue.length, 0), devices: queues.size }),
  };
};

const settleWith =
  (shelf: Shelf, { committed, refused }: Pick<QueuesOptions, 'committed' | 'refused'>) =>
  (device: string, batch: readonly Waiting[], outcome: Outcome): void => {
    const [first, last] = [batch[0], batch.at(-1)];
    if (first === undefined || last === undefined) return;
    const { line, place, told, since } = first;
    const { epoch } = place;
    if (outcome === 'refused') {
      refused(shelf.drop(device, (one) => one.line === line && one.place.epoch === epoch));
      if (shelf.isThere(line)) line.refused({ device, epoch });
      return;
    }
    // More may be committed than this line has told: what it told is all that it may hear of.
    const through = Math.min(outcome.through, last.place.seq);
    const done = new Set(batch.filter(({ place: { seq } }) => seq <= through));
    if (done.size === 0) throw new Error(`nothing of the batch was committed: through ${outcome.through}, and it begins at ${place.seq}`);
    shelf.drop(device, (one) => done.has(one));
    committed({ events: done.size, parked: told.kind === 'malformed', waitedMs: performance.now() - since });
    if (shelf.isThere(line)) line.acked({ device, epoch, seq: through });
  };

/** What is there of one line and epoch, up to a number; one that nobody understands comes alone. */
const nextBatch = (queue: readonly Waiting[]): Waiting[] => {
  const [first] = queue;
  if (first === undefined || first.told.kind === 'malformed') return queue.slice(0, 1);
  const end = queue.findIndex(({ line, told, place }) => line !== first.line || told.kind !== 'frame' || place.epoch !== first.place.epoch);
  return queue.slice(0, Math.min(BATCH, end === -1 ? queue.length : end));
};

const commit = async (batch: readonly Waiting[], { ingest, park }: Pick<QueuesOptions, 'ingest' | 'park'>): Promise<Outcome> => {
  const [first] = batch;
  if (first === undefined) throw new Error('a batch without events');
  const lease = await first.line.findLease(first.place.device, first.place.epoch);
  if (lease === undefined) return 'refused';
  if (first.told.kind === 'malformed') return park(lease, first.told);
  return ingest(lease, batch.flatMap(({ told }): EventFrame[] => (told.kind === 'frame' ? [told.frame] : [])));
};
