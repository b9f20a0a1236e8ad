import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** What whatsapp-web.js, its page and Chromium are known to do wrong, and a host has to survive; tests name them by these numbers. */
const faults: Record<number, string> = {
  1: 'ready may never come where the sync ended first',
  2: 'messages before ready give no event',
  3: 'a navigation injects again, and everything is told several times',
  4: 'a remote logout deletes the profile under a running browser',
  5: 'an idle QR is not refreshed',
  6: 'a renderer, a browser or a network dies without an event',
  7: 'a failed navigation ends the process',
  8: 'browsers outlive their client',
  9: 'locks keep the rightful owner out, or keep nobody out',
  10: 'an invalid link shows as a QR',
  11: 'edits, deletions and addresses are told wrongly',
  12: 'builds rename, fill in late, hang and drift',
  13: 'a passkey is asked for while linking',
};

const readNames = async (): Promise<string[]> => {
  const src = resolve(import.meta.dirname, '..');
  const files = (await readdir(src, { recursive: true })).filter((name) => name.endsWith('.chrome.test.ts'));
  const texts = await Promise.all(files.map((name) => readFile(join(src, name), 'utf8')));
  return texts.flatMap((text) => [...text.matchAll(/\btest(?:\.each\([^)]*\))?\(\s*(['`])(.*?)\1/g)].map(([, , name = '']) => name));
};

const survived = async (): Promise<Map<number, string[]>> => {
  const byFault = new Map<number, string[]>();
  for (const name of await readNames()) for (const [, number = ''] of name.matchAll(/\bfault (\d+)\b/g)) byFault.set(Number(number), [...(byFault.get(Number(number)) ?? []), name]);
  return byFault;
};

test('each known fault of the library, its page and its browser has a test with a real browser that shows it survived', async () => {
  const byFault = await survived();
  expect(Object.keys(faults).filter((number) => !byFault.has(Number(number)))).toEqual([]);
  expect([...byFault.keys()].filter((number) => faults[number] === undefined)).toEqual([]);
});
