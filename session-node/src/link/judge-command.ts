import type { CommandAnswer, CommandFrame } from '@waxos/contract/node-link/frames';

export interface Standing {
  now: number;
  /** The epoch under which the node runs the device, if it does. */
  running?: number | undefined;
  /** The newest epoch of the device that was ever seen here. */
  newest?: number | undefined;
  isDraining: boolean;
}

/** Whether a command may still be done. The first reason counts; the gateway asks whoever holds the device now. */
export const judgeCommand = ({ command, deadline, leaseUntil, epoch }: CommandFrame, { now, running, newest = 0, isDraining }: Standing): CommandAnswer => {
  const starts = command.type === 'session.start';
  if (deadline <= now) return { taken: false, why: 'late' };
  if (leaseUntil <= now) return { taken: false, why: 'lease' };
  if (epoch < newest) return { taken: false, why: 'epoch' };
  if (!starts && running === undefined) return { taken: false, why: 'not_running' };
  if (!starts && running !== epoch) return { taken: false, why: 'epoch' };
  if (starts && isDraining) return { taken: false, why: 'draining' };
  return { taken: true };
};
