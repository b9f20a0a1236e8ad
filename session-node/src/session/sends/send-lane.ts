import type { CommandEntry } from '../commands/open-command-book.ts';
import { checkSent } from './check-sent.ts';
import { finish, isSend, messageIdOf, type LaneOptions, type SendFrame } from './send-now.ts';
import { readCaps, sendPaced } from './send-paced.ts';

/**
 * One message at a time. It is on the disk as `sending` before it leaves, so that after a crash it is looked for and
 * never sent blindly.
 */
export interface SendLane {
  push: (entry: CommandEntry) => void;
  /** The page can send: what waits goes out, what had no answer is looked for. */
  wake: () => void;
  /** No page will be there in time: what has not begun fails by name, until there is one after all. */
  refuse: () => void;
  /** The page told of a tick. */
  noteTick: (messageId: string, tick: { ack: number; at: number }) => void;
  close: () => Promise<void>;
}

interface Lane {
  options: LaneOptions;
  ending: AbortController;
  waiting: SendFrame[];
  running: Promise<void> | undefined;
  /** Something may have to be looked for. */
  unchecked: boolean;
  refusing: boolean;
  /** Something came while it ran. */
  again: boolean;
  cancelWait: () => void;
}

export const openSendLane = (options: LaneOptions): SendLane => {
  const lane: Lane = { options, ending: new AbortController(), waiting: [], running: undefined, unchecked: true, refusing: false, again: false, cancelWait: () => undefined };
  return {
    push: (entry) => {
      if (entry.frame !== undefined && isSend(entry.frame)) {
        lane.waiting.push(entry.frame);
        expire(lane, entry.frame);
      } else lane.unchecked = true;
      pump(lane);
    },
    wake: () => {
      Object.assign(lane, { unchecked: true, refusing: false });
      pump(lane);
    },
    refuse: () => {
      lane.refusing = true;
      for (const frame of lane.waiting.splice(0)) void refuse(lane, frame);
    },
    noteTick: (messageId, tick) => noteTick(lane, messageId, tick),
    close: async () => {
      lane.ending.abort();
      lane.cancelWait();
      await lane.running;
    },
  };
};

const pump = (lane: Lane): void => {
  const { options, ending } = lane;
  lane.again = true;
  if (lane.running !== undefined || ending.signal.aborted || options.driver() === undefined) return;
  lane.again = false;
  lane.running = work(lane)
    .catch((error: unknown) => options.failed('send', error))
    .finally(() => {
      lane.running = undefined;
      if (lane.again) pump(lane);
    });
};

const work = async (lane: Lane): Promise<void> => {
  const { options, waiting, ending } = lane;
  for (let driver = options.driver(); driver !== undefined && !ending.signal.aborted; driver = options.driver()) {
    if (lane.unchecked) {
      lane.unchecked = false;
      await checkSent(options, driver);
      continue;
    }
    // Taken out while it is sent, so that its deadline does not end it a second time.
    const frame = await takeNext(lane);
    if (frame === undefined) return;
    try {
      const begun = await sendPaced(options, frame, ending.signal);
      if (!begun && lane.refusing) await refuse(lane, frame);
      else if (!begun) waiting.unshift(frame);
    } catch (error) {
      options.failed('send', error);
      await refuse(lane, frame);
    }
  }
};

const refuse = async ({ options }: Lane, frame: SendFrame): Promise<void> => {
  const entry = options.book.find(frame.id);
  if (entry?.phase === 'taken') await finish(options, entry, { outcome: 'failed', reason: 'not_ready' });
};

/** The first that the caps let through: one to a stranger that has to wait does not hold up an answer to a customer. */
const takeNext = async (lane: Lane): Promise<SendFrame | undefined> => {
  const { options, waiting } = lane;
  const now = options.time.now().getTime();
  const held: number[] = [];
  lane.cancelWait();
  const queue = waiting.slice();
  const heldBy = readCaps(options);
  for (const frame of queue) {
    const heldMs = heldBy(frame);
    const hopeless = heldMs > 0 && now + heldMs > frame.deadline;
    if (heldMs > 0 && !hopeless) held.push(heldMs);
    else {
      waiting.splice(waiting.indexOf(frame), 1);
      if (!hopeless) return frame;
      const entry = options.book.find(frame.id);
      if (entry?.phase === 'taken') await finish(options, entry, { outcome: 'failed', reason: 'capped' });
    }
  }
  if (held.length > 0) lane.cancelWait = options.time.after(Math.min(...held), () => pump(lane));
  return undefined;
};

/** Nobody waits for a message past its deadline; one that has begun ends as it ends. */
const expire = ({ options, waiting, ending }: Lane, frame: SendFrame): void => {
  const { book, time } = options;
  const cancel = time.after(Math.max(0, frame.deadline - time.now().getTime()), () => {
    const entry = book.find(frame.id);
    const at = waiting.indexOf(frame);
    if (entry?.phase !== 'taken' || at === -1) return;
    waiting.splice(at, 1);
    void finish(options, entry, { outcome: 'failed', reason: 'too_late' });
  });
  ending.signal.addEventListener('abort', cancel, { once: true });
};

const noteTick = ({ options }: Lane, messageId: string, { ack, at }: { ack: number; at: number }): void => {
  if (ack === 0) return;
  for (const entry of options.book.open()) {
    if (entry.phase !== 'checking' || messageIdOf(entry) !== messageId) continue;
    void finish(options, entry, ack < 0 ? { outcome: 'failed', reason: 'refused' } : { outcome: 'sent', id: messageId, at });
  }
};
