import { commandFrameSchema, type CommandAnswer, type CommandFrame } from '@waxos/contract/node-link/frames';
import type { Log } from '@waxos/process/log';
import { judgeCommand } from './judge-command.ts';
import { keepCommands } from './keep-commands.ts';

interface TakingOptions {
  node: {
    running: () => { device: string; epoch: number }[];
    obey: (frame: CommandFrame) => Promise<void>;
  };
  log: Log;
  file: string;
  now: () => number;
}

export interface TakenCommand {
  take: (raw: unknown) => Promise<CommandAnswer>;
  drain: () => void;
}

/**
 * Commands as they come from the gateway: each is judged, handed on, written down and then acknowledged, in this order.
 * Whoever is killed before the last is asked again, and whoever was handed it knows its id.
 */
export const takeCommands = ({ node, log, file, now }: TakingOptions): TakenCommand => {
  const taken = keepCommands(file, now);
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
      taken.add(frame.id, frame.deadline);
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
      if (taken.has(id)) return { taken: true };
      const before = underWay.get(id);
      if (before !== undefined) return before;
      const said = judge(read.data);
      if (!said.taken) return said;
      const answer = begin(read.data).finally(() => underWay.delete(id));
      underWay.set(id, answer);
      return answer;
    },
    drain: () => {
      isDraining = true;
    },
  };
};
