import { BadStart } from './bad-start.ts';
import { listenForStop } from './stop-signal.ts';

/** A verb runs until it is done or told to stop, and gives the exit code. */
type Verb = (args: string[], signal: AbortSignal) => Promise<number>;

// Each verb loads only what it needs: `npm start` must not wait for vitest.
const verbs: Record<string, Verb> = {
  start: async (_args, signal) => (await import('./start/run-start.ts')).runStart(signal),
  dev: async (_args, signal) => (await import('./start/run-dev.ts')).runDev(signal),
  farm: async (args) => (await import('./farms/run-farm.ts')).runFarm(args),
  bench: async (args) => (await import('./run-bench.ts')).runBench(args),
  chaos: async (args) => (await import('./run-chaos.ts')).runChaos(args),
  test: async (args, signal) => (await import('./run-tests.ts')).runTests(args, signal),
  check: async (args) => (await import('./checks/run-checks.ts')).runChecks(args),
};

const main = async (): Promise<number> => {
  const [name = '', ...args] = process.argv.slice(2);
  const verb = verbs[name];
  if (verb === undefined) throw new BadStart(`There is no '${name}': use ${Object.keys(verbs).join(', ')}.`);
  return verb(args, listenForStop());
};

main().then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    console.error(error instanceof BadStart ? error.message : error);
    process.exit(1);
  },
);
