import { expect, test } from 'vitest';
import { demandSeen, type Check, type Finding } from './finding.ts';
import { runList } from './run-checks.ts';

const checkThat = (name: string, findings: Finding[]): Check => ({ name, run: async () => ({ findings, examined: '3 files' }) });
const broken: Check = { name: 'broken', run: () => Promise.reject(new Error('the tool is not there')) };

const run = async (checks: Check[], args: string[] = []): Promise<{ code: number; lines: string[] }> => {
  const lines: string[] = [];
  const code = await runList(checks, args, (line) => lines.push(line.replace(/\d+\.\d s$/, 'N s')));
  return { code, lines };
};

test('all checks run though one fails and another breaks, and the last line names both', async () => {
  const { code, lines } = await run([checkThat('lint', [{ file: 'a.ts', line: 3, message: 'is long' }]), broken, checkThat('types', [])]);
  expect(code).toBe(1);
  expect(lines).toContain('✗ lint      3 files, 1 wrong, N s');
  expect(lines).toContain('    a.ts:3 is long');
  expect(lines.join('\n')).toContain('the tool is not there');
  expect(lines).toContain('✓ types     3 files, nothing wrong, N s');
  expect(lines.at(-1)).toBe('Failed: lint, broken (1 of 3 checks passed).');
});

test('only the named check runs', async () => {
  const { code, lines } = await run([checkThat('lint', []), broken], ['lint']);
  expect(code).toBe(0);
  expect(lines).toEqual(['✓ lint      3 files, nothing wrong, N s', 'All 1 checks passed.']);
});

test('a name that no check has is refused before anything runs', async () => {
  const { code, lines } = await run([broken], ['lnit']);
  expect(code).toBe(2);
  expect(lines).toEqual(['There is no check named lnit: use broken.']);
});

test('a check that did not look where it should have fails', () => {
  expect(demandSeen(new Set(['a.ts']), ['a.ts', 'b.ts'])).toMatchObject([{ file: 'b.ts' }]);
});
