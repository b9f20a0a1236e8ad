import { statfs } from 'node:fs/promises';
import { blockDownloads } from './block-downloads.ts';
import { composeArguments } from './compose-arguments.ts';
import { judgeArguments, judgeOwner } from './judge-arguments.ts';
import { launchBrowser, type LaunchedBrowser } from './launch-browser.ts';
import type { Watchdog } from './open-watchdog.ts';
import type { ProcessMark } from './read-processes.ts';
import { makeScratchFolder, removeScratchFolder } from './scratch-folders.ts';
import { readIfThere } from './read-if-there.ts';

type Program = 'headless_shell' | 'chromium';

export interface ChromiumOptions {
  /** With all that each is to see of the environment; where one is missing the other stands in. */
  executables: Partial<Record<Program, { executablePath: string; env: Readonly<Record<string, string>> }>>;
  /** What leads a browser to the sandbox; undefined where there is none. */
  sandboxArguments: readonly string[] | undefined;
  /** Whom the browsers belong to; the node's own user where absent. */
  owner?: { uid: number; gid: number };
  watchdog: Pick<Watchdog, 'watch' | 'unwatch'>;
  launchTimeoutMs: number;
  /** What failed while nobody was waiting for it. */
  onFailure: (error: unknown) => void;
}

interface Start {
  kind: 'whatsapp' | 'sandbox';
  browser: Program;
  sessionDir: string;
}

const sharedMemoryBytesMin = 1024 ** 3;

/** Refuses before a process exists, and again when /proc shows what it was really started with. */
export const startChromium = async (start: Start, options: ChromiumOptions): Promise<LaunchedBrowser> => {
  const { kind, sessionDir } = start;
  const judged = { kind, sandboxArguments: options.sandboxArguments };
  const { browser, executablePath, env } = findProgram(start.browser, options);
  const uid = options.owner?.uid ?? process.getuid?.() ?? 0;
  refuse(judgeOwner({ kind, uid }));
  const kindArguments = kind === 'sandbox' ? (options.sandboxArguments ?? []) : [];
  const argv = composeArguments({ browser, profileDir: sessionDir, isolated: uid !== 0, sharedMemory: await hasSharedMemory(), kindArguments });
  refuse(judgeArguments(argv, judged));
  const scratch = await makeScratchFolder(options.owner);
  // From its first moment: a node that freezes while a browser starts has it killed as well.
  const watching = openWatching(options.watchdog);
  const launching = launchBrowser({ began: watching.begin, executablePath, argv, env: { ...env, HOME: sessionDir, TMPDIR: scratch }, timeoutMs: options.launchTimeoutMs, ...(options.owner === undefined ? {} : { owner: options.owner }) });
  const launched = await launching.catch(async (error: unknown) => {
    await Promise.all([watching.end(), removeScratchFolder(scratch)]);
    throw error;
  });
  void launched.gone
    .then(() => Promise.all([watching.end(), removeScratchFolder(scratch)]))
    .catch(options.onFailure);
  try {
    await watching.begun();
    refuse(judgeArguments(await readArgv(launched.mark.pid, argv), judged));
    await blockDownloads(launched.browser, options.onFailure);
    return launched;
  } catch (error) {
    await launched.kill();
    throw error;
  }
};

/** Whoever waits for the browser is told where the watchdog could not be told of it. */
const openWatching = (watchdog: ChromiumOptions['watchdog']) => {
  let begun: { mark: ProcessMark; told: Promise<void> } | undefined;
  return {
    begin: (mark: ProcessMark): void => {
      begun = { mark, told: watchdog.watch(mark) };
      begun.told.catch(() => undefined);
    },
    begun: async (): Promise<void> => begun?.told,
    end: async (): Promise<void> => {
      if (begun !== undefined) await watchdog.unwatch(begun.mark);
    },
  };
};

const refuse = (reason: string | undefined): void => {
  if (reason !== undefined) throw new Error(reason);
};

const findProgram = (wanted: Program, { executables }: ChromiumOptions): { browser: Program; executablePath: string; env: Readonly<Record<string, string>> } => {
  const other = wanted === 'chromium' ? 'headless_shell' : 'chromium';
  const browser = executables[wanted] === undefined ? other : wanted;
  const found = executables[browser];
  if (found === undefined) throw new Error('There is no Chromium on this node: set CHROMIUM_PATH.');
  return { browser, ...found };
};

/** What /proc shows, where there is one. */
const readArgv = async (pid: number, composed: readonly string[]): Promise<readonly string[]> => {
  const text = await readIfThere(`/proc/${pid}/cmdline`);
  return text === undefined ? composed : text.split('\0').slice(1, -1);
};

const hasSharedMemory = async (): Promise<boolean> => {
  const { bsize, blocks } = await statfs('/dev/shm').catch(() => ({ bsize: 0, blocks: 0 }));
  return bsize * blocks >= sharedMemoryBytesMin;
};
