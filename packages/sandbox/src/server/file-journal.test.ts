import { spawnSync } from 'node:child_process';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { LedgerEntry } from '../network/ledger-entry.ts';
import { writeLines } from '../network/ledgers/journal.ts';
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
  journal.append(writeLines([entry(1), entry(2)]));
  await journal.close();
  const later = openJournals(folder);
  expect(later.list()).toEqual(['../one/ü']);
  const again = later.open('../one/ü');
  expect(again.read().entries).toEqual([entry(1), entry(2)]);
  await again.close();
  expect(await readdir(folder)).toEqual([folderName('../one/ü')]);
});

test('a line that was being written when the process died is dropped, and the next one is whole', async () => {
  const folder = await openFolder();
  const first = openJournals(folder).open('one');
  first.append(writeLines([entry(1)]));
  await first.close();
  const path = join(folder, folderName('one'), 'ledger.jsonl');
  await appendFile(path, '{"e":"account.removed","account":"Grö');
  const second = openJournals(folder).open('one');
  expect(second.read().entries).toEqual([entry(1)]);
  second.append(writeLines([entry(2)]));
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

test('a disk that is full in the middle of a line leaves the ledger as it was before', async () => {
  const folder = await openFolder();
  const script = `
    import { openJournals } from '${new URL('file-journal.ts', import.meta.url).href}';
    const journal = openJournals('${folder}').open('one');
    const line = (n, length) => JSON.stringify({ e: 'account.removed', account: 'x'.repeat(length), n, at: n }) + '\\n';
    journal.append(line(1, 10));
    try { journal.append(line(2, 200_000)); } catch (error) { console.log(error.code); }
    journal.append(line(2, 10));`;
  // The limit of a process's files stands for the disk: it takes what still fits, and refuses the rest.
  const { stdout } = spawnSync('sh', ['-c', 'ulimit -f 64; exec "$0" --input-type=module -e "$1"', process.execPath, script], { encoding: 'utf8' });
  expect(stdout).toBe('EFBIG\n');
  const journal = openJournals(folder).open('one');
  expect(journal.read().entries.map(({ n }) => n)).toEqual([1, 2]);
  await journal.close();
});

test('of two processes with one folder the first stops writing, so that what both wrote can be read', async () => {
  const folder = await openFolder();
  const [first, second] = [openJournals(folder).open('one'), openJournals(folder).open('one')];
  first.append(writeLines([entry(1)]));
  second.read();
  second.append(writeLines([entry(2)]));
  expect(() => first.append(writeLines([entry(2)]))).toThrow('Another process has written to this ledger');
  expect(second.read().entries).toEqual([entry(1), entry(2)]);
  await Promise.all([first.close(), second.close()]);
});
