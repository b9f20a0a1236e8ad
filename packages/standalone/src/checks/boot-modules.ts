import { resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

export interface BootProblem {
  file: string;
  message: string;
}

/** What a fresh process has open anyway: its three standard streams, and the pipe or file behind them. */
const ordinary = new Set(['TTYWrap', 'PipeWrap', 'FSReqCallback', 'FSReqPromise', 'Immediate', 'CloseReq', 'MessagePort']);
const SETTLE_MS = 500;

const listOpen = (): string[] => process.getActiveResourcesInfo().filter((name) => !ordinary.has(name));

/** Imports one module after another in this process; each must load on plain Node and open nothing. */
const bootModules = async (root: string, files: readonly string[]): Promise<BootProblem[]> => {
  const problems: BootProblem[] = [];
  let before = listOpen().length;
  for (const file of files) {
    try {
      await import(pathToFileURL(resolve(root, file)).href);
    } catch (error) {
      problems.push({ file, message: `does not load: ${error instanceof Error ? error.message : String(error)}` });
    }
    const open = await settle(before);
    if (open.length > before) problems.push({ file, message: `leaves open when it is imported: ${open.join(', ')}` });
    before = open.length;
  }
  return problems;
};

/** A file that is being read is no leak: what closes by itself soon is let go. */
const settle = async (before: number): Promise<string[]> => {
  const deadline = performance.now() + SETTLE_MS;
  // A server is open only a few turns after it was told to listen.
  for (let turn = 0; turn < 5; turn += 1) await nextTurn();
  while (listOpen().length > before && performance.now() < deadline) await nextTurn();
  return listOpen();
};

const main = async (): Promise<void> => {
  const [root = '.', ...files] = process.argv.slice(2);
  const problems = await bootModules(root, files);
  process.stdout.write(`\n${JSON.stringify({ problems, booted: files.length })}\n`, () => process.exit(0));
};

// Run as a program of its own, whose last line is the report; importing it runs nothing. It imports itself among the
// others, so it must not be waited for at the top level.
if (import.meta.main) void main();
