import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  files: number;
  durationMs: number;
}

const noCounts = (): Counts => ({ passed: 0, failed: 0, skipped: 0, files: 0, durationMs: 0 });

/** Tells at the end of a run what was skipped and why, the count by suffix, and in the last line the total. */
export class Summary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const bySuffix = new Map<string, Counts>();
    const skips: string[] = [];
    for (const module of modules) {
      const counts = bySuffix.get(module.project.name) ?? noCounts();
      bySuffix.set(module.project.name, add(counts, countModule(module)));
      for (const test of module.children.allTests('skipped')) skips.push(describeSkip(module, test));
    }
    const total = [...bySuffix.values()].reduce(add, noCounts());
    const failed = total.failed + unhandled.length;
    print('');
    for (const skip of skips) print(`skipped  ${skip}`);
    for (const [suffix, counts] of bySuffix) print(`${suffix.padEnd(16)} ${say(counts)} in ${counts.files} files, ${(counts.durationMs / 1000).toFixed(1)} s`);
    print(say({ ...total, failed }));
  }
}

const countModule = (module: TestModule): Counts => {
  const counts = { ...noCounts(), files: 1, durationMs: module.diagnostic().duration };
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state !== 'pending') counts[state] += 1;
  }
  // A file that does not load, or fails in a hook, has no failed test to show for it.
  if (module.state() === 'failed' && counts.failed === 0) counts.failed = 1;
  return counts;
};

const add = (one: Counts, other: Counts): Counts => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
  files: one.files + other.files,
  durationMs: one.durationMs + other.durationMs,
});

const describeSkip = (module: TestModule, test: TestCase): string => {
  const result = test.result();
  const why = result.state === 'skipped' && result.note !== undefined ? result.note : 'no reason given';
  return `${module.relativeModuleId} > ${test.fullName}: ${why}`;
};

const say = ({ passed, failed, skipped }: Pick<Counts, 'passed' | 'failed' | 'skipped'>): string => `${passed} passed, ${failed} failed, ${skipped} skipped`;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
