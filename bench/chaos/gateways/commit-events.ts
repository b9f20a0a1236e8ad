import { setTimeout as pause } from 'node:timers/promises';
import { EVENT_WINDOW, FRAME_BYTES_MAX, eventFrameSchema, type EventFrame } from '@waxos/contract/node-link/frames';
import type { Dice } from '@waxos/sandbox/driver/throw-dice';
import type { Socket } from 'socket.io';
import type { Places } from './hold-places.ts';

/** Events on their way into what would be the database: one after another for each device, each taking its time. */
export interface Commits {
  receive: (socket: Socket) => void;
  /** What was committed, each event of an epoch once; repeats are passed over. */
  watch: (listener: (frame: EventFrame, atMs: number) => void) => void;
  /** Against the contract. */
  faults: readonly string[];
  counts: () => { committed: number; repeated: number; refused: number };
}

/** As long as a transaction takes. */
const commitMsMax = 4;

export const openCommits = ({ places, dice, now }: { places: Places; dice: Dice; now: () => number }): Commits => {
  const turns = new Map<string, Promise<void>>();
  const listeners: ((frame: EventFrame, atMs: number) => void)[] = [];
  const faults: string[] = [];
  const counts = { committed: 0, repeated: 0, refused: 0 };

  const commit = (frame: EventFrame): number | undefined => {
    const place = places.find(frame.device);
    if (place?.epoch !== frame.epoch) return undefined;
    if (frame.seq <= place.seq) counts.repeated += 1;
    else {
      // A new epoch begins where its outbox does; within one no number is left out.
      if (place.seq > 0 && frame.seq !== place.seq + 1) faults.push(`number ${frame.seq} behind ${place.seq} of ${frame.device}`);
      place.seq = frame.seq;
      counts.committed += 1;
      places.note(frame);
      for (const listener of listeners) listener(frame, now());
    }
    return place.seq;
  };
  const receive = (socket: Socket): void => {
    let onTheWay = 0;
    const take = async (frame: EventFrame): Promise<void> => {
      const { device, epoch } = frame;
      // Of a connection that is cut nothing more begins; what had begun ends, and nobody hears of it.
      if (!socket.connected) return;
      await pause(dice.next() * commitMsMax);
      onTheWay -= 1;
      const seq = commit(frame);
      if (seq === undefined) counts.refused += 1;
      if (!socket.connected) return;
      if (seq === undefined) socket.emit('refused', { device, epoch });
      else socket.emit('acked', { device, epoch, seq });
    };
    socket.on('event', (raw: unknown) => {
      const read = eventFrameSchema.safeParse(raw);
      if (!read.success) return void faults.push(`an event does not keep the contract: ${read.error.message}`);
      const bytes = Buffer.byteLength(JSON.stringify(raw));
      if (bytes > FRAME_BYTES_MAX) faults.push(`a frame of ${bytes} bytes`);
      onTheWay += 1;
      if (onTheWay > EVENT_WINDOW) faults.push(`${onTheWay} events on the way`);
      const { device } = read.data;
      turns.set(device, (turns.get(device) ?? Promise.resolve()).then(() => take(read.data)));
    });
  };
  return { receive, watch: (listener) => void listeners.push(listener), faults, counts: () => ({ ...counts }) };
};
