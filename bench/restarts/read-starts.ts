import type { EventFrame } from '@waxos/contract/node-link/frames';
import type { NodeProcess } from '../nodes/start-node.ts';

/** When a session passed what, from the start of the process. */
export interface Start {
  device: string;
  steps: { step: string; ms: number }[];
}

interface Starts {
  slowest: Start | undefined;
  atATime: number;
}

/** From the log of a node, and from what it told: the clocks are the same machine's. */
export const readStarts = ({ log, startedAt }: Pick<NodeProcess, 'log' | 'startedAt'>, events: readonly EventFrame[]): Starts => {
  const zero = performance.timeOrigin + startedAt;
  const starts = new Map<string, Start>();
  const note = (device: string, step: string, at: number): void => {
    const start = starts.get(device) ?? { device, steps: [] };
    starts.set(device, start);
    start.steps.push({ step, ms: at - zero });
  };
  for (const { msg, device, time } of log) if (msg.startsWith('start: ') && typeof device === 'string') note(device, msg.slice('start: '.length), Number(time));
  for (const { device, at, event } of events) if (event.type === 'session.changed' && (event.progress ?? 0) === 0) note(device, event.state, at);
  const all = [...starts.values()];
  for (const { steps } of all) steps.sort((a, b) => a.ms - b.ms);
  const endOf = ({ steps }: Start): number => steps.find(({ step }) => step === 'ready')?.ms ?? 0;
  return { slowest: all.toSorted((a, b) => endOf(b) - endOf(a))[0], atATime: countOverlaps(all) };
};

/** Between being let in and being ready. */
const countOverlaps = (starts: readonly Start[]): number => {
  const turns = starts.flatMap(({ steps }) => steps.flatMap(({ step, ms }) => (step === 'let in' ? [{ ms, by: 1 }] : step === 'ready' ? [{ ms, by: -1 }] : [])));
  let [now, most] = [0, 0];
  for (const { by } of turns.toSorted((a, b) => a.ms - b.ms)) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
};
