import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '@waxos/standalone/config';
import { killTree } from '@waxos/session-node/browser/kill-tree';
import { findProcess, readProcesses, treeOf } from '@waxos/session-node/browser/read-processes';
import type { StockNews, StockOptions, StockOrder } from './stock-messages.ts';

/** Clients of the bare library in a process of their own. */
export interface Stock {
  pid: number;
  /** Of the profiles, which outlive it until `remove`. */
  dir: string;
  /** A client that shows a QR, or is ready without where its profile is linked already. */
  open: (name: string) => StockClient;
  close: (name: string) => Promise<void>;
  /** Closes every client as the library does, then ends what is left. */
  stop: () => Promise<void>;
  remove: () => Promise<void>;
}

export interface StockClient {
  /** The first of them; never, where it is linked. */
  qr: Promise<{ qr: string; ms: number }>;
  ready: Promise<{ ms: number }>;
}

type Starting = Omit<StockOptions, 'dir'> & {
  /** Of profiles that another one left. */
  dir?: string;
  /** A Node of its own, so that it shares no memory with who measures it. */
  execPath?: string;
  failed?: (name: string, why: string) => void;
};

const program = fileURLToPath(new URL('stock-program.ts', import.meta.url));
const closeMs = 30_000;

export const startStock = async ({ dir: given, execPath = process.execPath, failed = () => undefined, ...options }: Starting): Promise<Stock> => {
  const dir = given ?? (await mkdtemp(join(tmpdir(), 'waxos-stock-')));
  await mkdir(dir, { recursive: true });
  // In its own folder: the library writes its cache of pages into the working directory.
  const child = fork(program, [JSON.stringify({ ...options, dir } satisfies StockOptions)], { execPath, execArgv: [], cwd: dir, env: bareEnvironment(), stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const news = new EventEmitter().setMaxListeners(0);
  child.on('message', (told: StockNews) => {
    if (told.is === 'failed') failed(told.name, told.why);
    news.emit(`${told.name} ${told.is}`, told);
  });
  await once(child, 'spawn');
  const order = (one: StockOrder): void => void child.send(one);
  const names = new Set<string>();
  const until = async <K extends StockNews['is']>(name: string, is: K): Promise<Extract<StockNews, { is: K }>> => {
    const [told] = (await once(news, `${name} ${is}`)) as [Extract<StockNews, { is: K }>];
    return told;
  };
  const close = async (name: string): Promise<void> => {
    names.delete(name);
    const closed = Promise.race([until(name, 'closed'), until(name, 'failed')]);
    order({ do: 'close', name });
    await closed;
  };
  return {
    pid: child.pid ?? 0,
    dir,
    open: (name) => {
      names.add(name);
      const client = { qr: until(name, 'qr'), ready: until(name, 'ready') };
      order({ do: 'open', name });
      return client;
    },
    close,
    stop: async () => {
      const marks = await marksOf(child);
      await Promise.race([Promise.all([...names].map(close)), new Promise((resolve) => setTimeout(resolve, closeMs).unref())]);
      await end(child, marks);
    },
    remove: () => rm(dir, { recursive: true, force: true, maxRetries: 5 }),
  };
};

const marksOf = async ({ pid = 0 }: ChildProcess): Promise<Parameters<typeof killTree>[0][]> => {
  const root = findProcess(pid);
  return root === undefined ? [] : treeOf(root, await readProcesses());
};

/** The library leaves browsers behind now and then (fault 8); none outlives the measurement. */
const end = async (child: ChildProcess, marks: Parameters<typeof killTree>[0][]): Promise<void> => {
  const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve();
  if (child.connected) child.disconnect();
  await ended;
  await Promise.all(marks.map((mark) => killTree(mark)));
};
