import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stampPage } from './page-stamp.ts';

let dir = '';
const put = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(join(dir, path)), { recursive: true });
  await writeFile(join(dir, path), text);
};
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'waxos-page-'));
  for (const path of ['package-lock.json', 'web/index.html', 'web/src/app/main.tsx', 'packages/contract/src/errors.ts']) await put(path, path);
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test('every source of the page changes its stamp', async () => {
  const stamps = [await stampPage(dir)];
  for (const path of ['package-lock.json', 'web/index.html', 'web/src/app/main.tsx', 'packages/contract/src/errors.ts', 'web/src/new.ts']) {
    await put(path, `${path} changed`);
    stamps.push(await stampPage(dir));
  }
  expect(new Set(stamps).size).toBe(stamps.length);
});

test('what was built, and tests, do not', async () => {
  const before = await stampPage(dir);
  for (const path of ['web/dist/index.html', 'web/node_modules/.vite/a.json', 'web/src/app/main.test.tsx', 'server/src/main.ts']) await put(path, path);
  expect(await stampPage(dir)).toBe(before);
});
