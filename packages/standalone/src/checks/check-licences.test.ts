import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { judgeLicences } from './check-licences.ts';

const judge = async (reasons: Record<string, string> = {}): Promise<string[]> => {
  const lock = await readFile(resolve(import.meta.dirname, 'fixtures/licences/package-lock.json.txt'), 'utf8');
  return judgeLicences(lock, reasons).findings.map(({ message }) => message);
};

test('a package of the production tree under another licence, or none, is refused by its name', async () => {
  expect(await judge()).toEqual([
    'copyleft 1.0.0: GPL-3.0-only is not on the list',
    'both 1.0.0: MIT AND GPL-3.0-only is not on the list',
    'unnamed 2.0.0: no licence named is not on the list',
    '@scope/nested 1.0.0: SEE LICENSE IN LICENSE.md is not on the list',
  ]);
});

test('an exception with a reason lets one package stay, and goes when the package does', async () => {
  const reasons = { copyleft: 'asked', both: 'asked', unnamed: 'its LICENSE file is MIT', '@scope/nested': 'asked' };
  expect(await judge(reasons)).toEqual([]);
  expect(await judge({ ...reasons, gone: 'was MIT' })).toEqual(['the exception for gone is not needed any more']);
});

test('nothing passes when nothing is read', () => {
  expect(() => judgeLicences('{}')).toThrow(/packages/);
});
