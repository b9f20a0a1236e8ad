import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { judgeDirectives, lintTree } from './check-lint.ts';
import { judgeShape } from './judge-shape.ts';
import { isSource, listFiles, repositoryRoot } from './repository.ts';
import { layFixture, removeFixture } from './testing/lay-fixture.ts';

const rulesSchema = z.object({
  rules: z.record(z.string(), z.unknown()),
  overrides: z.array(z.object({ rules: z.record(z.string(), z.unknown()) })),
});

/** `typescript/no-explicit-any` in the configuration is `typescript(no-explicit-any)` in a report; react's hooks change their plugin's name. */
const asReported = (rule: string): string => `(${rule.split('/').at(-1) ?? rule})`;

const lines = (count: number): string => Array.from({ length: count }, (_, index) => `export const line${index} = ${index};`).join('\n');
const longFunction = `export const long = (): number => {\n${Array.from({ length: 60 }, (_, index) => `  Math.abs(${index});`).join('\n')}\n  return 1;\n};\n`;

describe('the lint rules', () => {
  let folder: string;
  let files: string[];
  let found: Awaited<ReturnType<typeof lintTree>>;
  const expected = new Map<string, string>();

  beforeAll(async () => {
    folder = await layFixture('lint');
    await copyFile(resolve(repositoryRoot, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    await copyFile(resolve(repositoryRoot, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'));
    await writeFile(join(folder, 'server/src/long-file.ts'), `// refused: eslint(max-lines)\n${lines(400)}\n`);
    await writeFile(join(folder, 'server/src/long.test.ts'), `// refused: eslint(max-lines)\n${lines(600)}\n`);
    await writeFile(join(folder, 'server/src/long-function.ts'), `// refused: eslint(max-lines-per-function)\n${longFunction}`);
    files = (await listFiles(folder)).filter(isSource);
    for (const file of files) {
      const rule = /^\/\/ refused: (.+)$/m.exec(await readFile(join(folder, file), 'utf8'))?.[1];
      if (rule !== undefined) expected.set(file, rule);
    }
    found = await lintTree(folder, resolve(repositoryRoot, 'node_modules/oxlint/bin/oxlint'));
  });
  afterAll(() => removeFixture(folder));

  test('each fixture is refused by the rule it names', () => {
    const missed = [...expected].filter(([file, rule]) => !found.findings.some((finding) => finding.file === file && finding.rule === rule));
    expect(missed).toEqual([]);
    expect(expected.size).toBeGreaterThan(50);
  });

  test('every fixture is examined, and with many rules', () => {
    expect(found.files).toBe(files.length);
    expect(found.rules).toBeGreaterThan(150);
  });

  test('config.ts alone may read the environment', () => {
    expect(found.findings.filter((finding) => finding.file === 'server/src/config.ts')).toEqual([]);
  });

  test('every rule that .oxlintrc.json turns on has a fixture', async () => {
    const config = rulesSchema.parse(JSON.parse(await readFile(resolve(repositoryRoot, '.oxlintrc.json'), 'utf8')));
    const on = [config, ...config.overrides].flatMap(({ rules }) => Object.entries(rules).filter(([, level]) => level !== 'off').map(([rule]) => asReported(rule)));
    expect(on.filter((rule) => ![...expected.values()].some((refused) => refused.endsWith(rule)))).toEqual([]);
  });
});

test('a comment may lift a rule only with a reason, and never a limit', () => {
  const judge = (text: string) => judgeDirectives('a.ts', text).map(({ line }) => line);
  expect(judge('// oxlint-disable-next-line no-console -- the terminal is its page')).toEqual([]);
  expect(judge('\n// oxlint-disable-next-line no-console')).toEqual([2]);
  expect(judge('/* eslint-disable max-lines -- this one is really long */')).toEqual([1]);
});

test('a catch with nothing but a comment is empty', () => {
  const judge = (body: string) => judgeShape('a.ts', `try {\n  read();\n} catch (error) {${body}}`).map(({ line }) => line);
  expect(judge('')).toEqual([3]);
  expect(judge(' /* not there yet */ ')).toEqual([3]);
  expect(judge(' tell(error); ')).toEqual([]);
});

test('a test is at most 60 lines long, a describe may be longer', () => {
  const long = '\n  read();'.repeat(60);
  const judge = (call: string, file = 'a.test.ts') => judgeShape(file, `\n${call}(() => {${long}\n});`).map(({ line }) => line);
  expect(['test', 'it', 'test.each([])', 'test.skipIf(true)'].map((call) => judge(call))).toEqual([[2], [2], [2], [2]]);
  expect([judge('describe'), judge('test', 'a.ts')]).toEqual([[], []]);
});
