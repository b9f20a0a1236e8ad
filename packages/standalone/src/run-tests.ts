import { createVitest } from 'vitest/node';
import { BadStart, codeOf } from './bad-start.ts';
import { checkoutDir } from './config.ts';

const patternFlag = '-t=';
const stopSignals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];

/** Runs every test, or those whose path contains one of the filters; `-t=PATTERN` chooses by name. */
export const runTests = async (args: string[], signal: AbortSignal): Promise<number> => {
  const unknown = args.find((arg) => arg.startsWith('-') && !arg.startsWith(patternFlag));
  if (unknown !== undefined) throw new BadStart(`npm test takes paths and ${patternFlag}PATTERN, not ${unknown}.`);
  const namePattern = args.find((arg) => arg.startsWith(patternFlag))?.slice(patternFlag.length);
  const ours = new Map(stopSignals.map((name) => [name, new Set(process.listeners(name))]));
  const vitest = await createVitest('test', { root: checkoutDir, run: true, watch: false, ...(namePattern === undefined ? {} : { testNamePattern: namePattern }) });
  // vitest's own answer to a signal is to exit on the spot, which would leave PostgreSQL to its guard and its folder behind.
  for (const [name, before] of ours) for (const listener of process.listeners(name)) if (!before.has(listener)) process.off(name, listener);
  // Told to stop, it lets go of the running tests and closes as ever, so that no PostgreSQL and no folder stays.
  const cancel = () => void vitest.cancelCurrentRun('keyboard-input');
  signal.addEventListener('abort', cancel);
  try {
    await vitest.start(args.filter((arg) => !arg.startsWith('-')));
  } catch (error) {
    // vitest has listed where it looked.
    if (codeOf(error) !== 'VITEST_FILES_NOT_FOUND') throw error;
    return 1;
  } finally {
    signal.removeEventListener('abort', cancel);
    await vitest.close();
  }
  if (signal.aborted) return 130;
  return Number(process.exitCode ?? 0);
};
