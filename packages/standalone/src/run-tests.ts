import { startVitest } from 'vitest/node';
import { checkoutDir } from './config.ts';

/** Runs every test, or those whose path contains one of the filters. Options that begin with a dash go to vitest. */
export const runTests = async (args: string[], signal: AbortSignal): Promise<number> => {
  const namePattern = args.find((arg) => arg.startsWith('-t='))?.slice(3);
  const unknown = args.find((arg) => arg.startsWith('-') && !arg.startsWith('-t='));
  if (unknown !== undefined) {
    console.error(`npm test takes paths and -t=PATTERN, not ${unknown}.`);
    return 1;
  }
  const vitest = await startVitest('test', args.filter((arg) => !arg.startsWith('-')), {
    root: checkoutDir,
    run: true,
    watch: false,
    ...(namePattern === undefined ? {} : { testNamePattern: namePattern }),
  });
  const cancel = () => void vitest.cancelCurrentRun('keyboard-input');
  signal.addEventListener('abort', cancel);
  await vitest.close();
  signal.removeEventListener('abort', cancel);
  if (signal.aborted) return 130;
  return process.exitCode === undefined ? 0 : Number(process.exitCode);
};
