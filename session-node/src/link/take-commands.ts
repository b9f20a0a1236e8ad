import { commandFrameSchema, type CommandAnswer, type CommandFrame } from '@waxos/contract/node-link/frames';
import type { Log } from '@waxos/process/log';
import type { GatewayClock } from './follow-clock.ts';
import { judgeCommand } from './judge-command.ts';

interface TakingOptions {
  node: {
    running: () => { device: string; epoch: number }[];
    obey: (frame: CommandFrame) => Promise<void>;
  };
  log: Log;
  clock: Pick<GatewayClock, 'toOwn'>;
  now: () => number;
}

export interface CommandTaker {
  take: (raw: unknown) => Promise<CommandAnswer>;
  drain: () => void;
}

/**
 * Commands as they come from the gateway: each is judged, handed on, and acknowledged once it is kept. Where the
 * acknowledgement is lost the gateway asks again; whoever keeps them knows each id, also after a crash.
 */
export const takeCommands = ({ node, log, clock, now }: TakingOptions): CommandTaker => {
  const underWay = new Map<string, Promise<CommandAnswer>>();
  const newest = new Map<string, number>();
  let isDraining = false;

  const judge = (frame: CommandFrame): CommandAnswer => {
    const running = node.running().find(({ device }) => device === frame.device)?.epoch;
    return judgeCommand(frame, { now: now(), running, newest: newest.get(frame.device), isDraining });
  };
  const begin = async (frame: CommandFrame): Promise<CommandAnswer> => {
    newest.set(frame.device, frame.epoch);
    try {
      await node.obey(frame);
      return { taken: true };
    } catch (error) {
      log.error({ err: error, device: frame.device, command: frame.command.type }, 'a command could not be taken');
      return { taken: false, why: 'failed' };
    }
  };
  return {
    take: async (raw) => {
      const read = commandFrameSchema.safeParse(raw);
      if (!read.success) {
        log.warn({ problems: read.error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`) }, 'a command does not keep the contract');
        return { taken: false, why: 'invalid' };
      }
      const { id } = read.data;
      const before = underWay.get(id);
      if (before !== undefined) return before;
      const frame = inOwnTime(read.data, clock);
      // Not known right after a jump of the clock: the gateway asks again.
      if (frame === undefined) return { taken: false, why: 'lease' };
      const said = judge(frame);
      if (!said.taken) return said;
      const answer = begin(frame).finally(() => underWay.delete(id));
      underWay.set(id, answer);
      return answer;
    },
    drain: () => {
      isDraining = true;
    },
  };
};

const inOwnTime = (frame: CommandFrame, clock: Pick<GatewayClock, 'toOwn'>): CommandFrame | undefined => {
  const [leaseUntil, deadline] = [clock.toOwn(frame.leaseUntil), clock.toOwn(frame.deadline)];
  return leaseUntil === undefined || deadline === undefined ? undefined : { ...frame, leaseUntil, deadline };
};
