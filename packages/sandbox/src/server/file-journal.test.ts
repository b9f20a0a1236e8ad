import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { LedgerEntry } from '../network/ledger-entry.ts';
import { openJournals } from './file-journal.ts';
import { folderName } from './media-store.ts';

const entry = (n: number): LedgerEntry => ({ e: 'account.removed', account: 'Größe', n, at: n });

const openFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-journal-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
};

test('what was appended is read again, and each network is listed by its own id, whatever stands in it', async () => {
  const folder = await openFolder();
  const journal = openJournals(folder).open('../one/ü');
  journal.append([entry(1), entry(2)]);
  await journal.close();
  const later = openJournals(folder);
  expect(later.list()).toEqual(['../one/ü']);
  const again = later.open('../one/ü');
  expect([...again.read()]).toEqual([entry(1), entry(2)]);
  await again.close();
  expect(await readdir(folder)).toEqual([folderName('../one/ü')]);
});

test('a line that was being written when the process died is dropped, and the next one is whole', async () => {
  const folder = await openFolder();
  const first = openJournals(folder).open('one');
  first.append([entry(1)]);
  await first.close();
  const path = join(folder, folderName('one'), 'ledger.jsonl');
  await appendFile(path, '{"e":"account.removed","account":"Grö');
  const second = openJournals(folder).open('one');
  expect([...second.read()]).toEqual([entry(1)]);
  second.append([entry(2)]);
  await second.close();
  expect(await readFile(path, 'utf8')).toBe(`${JSON.stringify(entry(1))}\n${JSON.stringify(entry(2))}\n`);
});

test('a ledger with a line missing is refused rather than believed', async () => {
  const folder = await openFolder();
  await openJournals(folder).open('one').close();
  await writeFile(join(folder, folderName('one'), 'ledger.jsonl'), `${JSON.stringify(entry(2))}\n`);
  const journal = openJournals(folder).open('one');
  expect(() => journal.read()).toThrow('lines are missing');
  await journal.close();
});
