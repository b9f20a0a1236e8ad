import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { startNode, type LogLine, type NodeWanted } from '../../nodes/start-node.ts';

/** A session node that is started again whenever it ends, as a supervisor does. */
export interface KeptNode {
  /** Undefined between an end and the next start. */
  pid: () => number | undefined;
  starts: () => number;
  signal: (signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT') => void;
  /** How it ended where nobody had killed it, and where it was asked to and did not do so well. */
  deaths: readonly string[];
  /** While it is held it is not started again. */
  hold: () => () => void;
  /** Warnings and errors of its log, by what they say. */
  complaints: ReadonlyMap<string, number>;
  stop: () => Promise<void>;
  /** Where its log is, all starts in one file; gone once it is forgotten. */
  logPath: string;
  forgetLog: () => Promise<void>;
}

export const keepNode = (wanted: NodeWanted, restartMs: number): KeptNode => {
  const deaths: string[] = [];
  const log = openNodeLog(`${wanted.folder}.log`);
  let pid: number | undefined;
  let killed = false;
  let asked = false;
  let stopping = false;
  let starts = 0;
  let held = Promise.resolve();
  const run = async (): Promise<void> => {
    starts += 1;
    [killed, asked] = [false, false];
    const node = await startNode({ ...wanted, spawned: (its) => void (pid = its), said: log.take }).catch((error: unknown) => (killed || asked ? undefined : deaths.push(String(error)), undefined));
    const ended = await node?.ended;
    const isWell = killed || (asked && ended?.code === 0);
    if (ended !== undefined && !isWell) deaths.push(`code ${ended.code}, signal ${ended.signal}: ${JSON.stringify(node?.log.at(-1))}`);
    pid = undefined;
  };
  const keep = async (): Promise<void> => {
    while (!stopping) {
      await run();
      if (!stopping) await pause(restartMs);
      await held;
    }
  };
  const kept = keep();
  const signal: KeptNode['signal'] = (name) => {
    // Asked twice it would end at once.
    if (pid === undefined || (name === 'SIGTERM' && asked)) return;
    killed ||= name === 'SIGKILL';
    asked ||= name === 'SIGTERM';
    process.kill(pid, name);
  };
  return {
    pid: () => pid,
    starts: () => starts,
    signal,
    deaths,
    complaints: log.complaints,
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    stop: async () => {
      stopping = true;
      signal('SIGTERM');
      await kept;
      log.end();
    },
    logPath: log.path,
    forgetLog: log.forget,
  };
};

/** All lines in a file, and of those that complain how often they came. */
const openNodeLog = (path: string) => {
  const complaints = new Map<string, number>();
  const stream = createWriteStream(path, { flags: 'a', mode: 0o600 });
  return {
    path,
    complaints,
    take: (line: LogLine): void => {
      stream.write(`${JSON.stringify(line)}\n`);
      const { level, msg, what, kind } = line;
      const name = [msg, what, kind].filter((one) => typeof one === 'string').join(' · ');
      if (typeof level === 'number' && level >= 40) complaints.set(name, (complaints.get(name) ?? 0) + 1);
    },
    end: (): void => void stream.end(),
    forget: (): Promise<void> => rm(path, { force: true }),
  };
};
