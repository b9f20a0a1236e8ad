import { spawn } from 'node:child_process';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionEvent } from '@waxos/contract/node-link/events';
import { waitFor } from '@waxos/process/poll';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openTestFolder } from '../testing/test-folder.ts';
import { openTestTime } from '../testing/test-time.ts';
import { systemTime } from '../time.ts';
import { openOutbox, type Outbox } from './open-outbox.ts';

const event = (command: string): SessionEvent => ({ type: 'send.ended', command, result: { outcome: 'checking', id: 'A' } });
const commands = async (outbox: Outbox, after = 0): Promise<string[]> => (await outbox.read(after, 1_000)).map((entry) => (entry.event.type === 'send.ended' ? entry.event.command : entry.event.type));
const keptThrough = (outbox: Outbox, seq: number) => waitFor(async () => ((await outbox.read(seq - 1, 1)).length > 0 ? true : undefined), { timeoutMs: 5_000, intervalMs: 2, what: `event ${seq} on the disk` });

const open = async (path: string, { epoch = 1, bytesMax = 1_000_000 } = {}): Promise<Outbox> => openOutbox({ path, device: 'd', epoch, time: openTestTime(), bytesMax });
const tellAll = async (outbox: Outbox, ...texts: string[]): Promise<void> => {
  const last = ((await outbox.read(0, 1_000)).at(-1)?.seq ?? 0) + texts.length;
  for (const text of texts) outbox.tell(event(text));
  await keptThrough(outbox, last);
};

describe('the outbox', () => {
  test('what was told is given out in order, with numbers that rise by one', async () => {
    const outbox = await open(join(await openTestFolder(), 'outbox'));
    await tellAll(outbox, 'a', 'b', 'c');
    expect((await outbox.read(0, 10)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect((await outbox.read(1, 1)).map(({ seq }) => seq)).toEqual([2]);
    await outbox.close();
  });

  test('nothing is given out before it is on the disk', async () => {
    const path = join(await openTestFolder(), 'outbox');
    const outbox = await open(path);
    outbox.tell(event('a'));
    expect(await outbox.read(0, 10)).toEqual([]);
    await keptThrough(outbox, 1);
    expect(await readFile(path, 'utf8')).toContain('"command":"a"');
    await outbox.close();
  });

  test('only what is acknowledged is forgotten, also across a restart, and numbers never come again', async () => {
    const path = join(await openTestFolder(), 'outbox');
    const first = await open(path);
    await tellAll(first, 'a', 'b', 'c');
    first.forget(2);
    await first.close();
    const second = await open(path);
    expect((await second.read(0, 10)).map(({ seq }) => seq)).toEqual([3]);
    second.forget(3);
    await second.close();
    const third = await open(path);
    third.tell(event('d'));
    await keptThrough(third, 4);
    expect((await third.read(0, 10)).map(({ seq }) => seq)).toEqual([4]);
    await third.close();
  });

  test('a file cut at any byte of its last lines opens with every whole line before the cut', async () => {
    const folder = await openTestFolder();
    const outbox = await open(join(folder, 'outbox'));
    await tellAll(outbox, 'a', 'b', 'ü', 'd');
    await outbox.close();
    const bytes = await readFile(join(folder, 'outbox'));
    const ends = [...bytes.keys()].filter((at) => bytes[at] === 0x0a);
    for (let cut = (ends[1] ?? 0) + 1; cut < bytes.length; cut += 1) {
      const path = join(folder, `cut-${cut}`);
      await writeFile(path, bytes.subarray(0, cut));
      const after = await open(path);
      const whole = ends.filter((end) => end < cut).length - 1;
      expect(await commands(after), `cut at ${cut}`).toEqual(['a', 'b', 'ü', 'd'].slice(0, whole));
      after.tell(event('new'));
      await keptThrough(after, whole + 1);
      await after.close();
      expect(await readFile(path, 'utf8')).toMatch(/"new".*\n$/);
      await rm(path);
    }
  }, 30_000);

  test('zeros and bytes that changed on the disk end what is believed', async () => {
    const folder = await openTestFolder();
    const outbox = await open(join(folder, 'outbox'));
    await tellAll(outbox, 'a', 'b');
    await outbox.close();
    const bytes = await readFile(join(folder, 'outbox'));
    await writeFile(join(folder, 'zeros'), Buffer.concat([bytes, Buffer.alloc(500)]));
    const changed = Buffer.from(bytes);
    changed.write('z', bytes.indexOf('"b"') + 1);
    await writeFile(join(folder, 'changed'), changed);
    const [zeros, other] = [await open(join(folder, 'zeros')), await open(join(folder, 'changed'))];
    expect([await commands(zeros), await commands(other)]).toEqual([['a', 'b'], ['a']]);
    await Promise.all([zeros.close(), other.close()]);
  });

  test('a node killed with -9 while it writes has every event that it said it kept, and none twice', async () => {
    const folder = await openTestFolder();
    for (let round = 0; round < 3; round += 1) {
      const path = join(folder, `killed-${round}`);
      const sayings = `${path}.said`;
      await writeFile(sayings, '');
      const child = spawn(process.execPath, [join(import.meta.dirname, '../testing/keep-telling.ts'), path, sayings], { stdio: 'inherit' });
      onTestFinished(() => void child.kill('SIGKILL'));
      const gone = new Promise((resolve) => child.once('close', resolve));
      await waitFor(async () => ((await stat(sayings)).size > 200 + round * 300 ? true : undefined), { timeoutMs: 10_000, intervalMs: 1, what: 'events to be kept' });
      child.kill('SIGKILL');
      await gone;
      const said = await readFile(sayings, 'utf8');
      const kept = Number([...said.matchAll(/kept (\d+)\n/g)].at(-1)?.[1]);
      const forgets = Number([...said.matchAll(/forgets (\d+)\n/g)].at(-1)?.[1] ?? 0);
      const after = await openOutbox({ path, device: 'd', epoch: 1, time: systemTime, bytesMax: 1e9 });
      const numbers = (await after.read(0, 1_000_000)).map(({ seq }) => seq);
      const [first = 0] = numbers;
      expect(first).toBeLessThanOrEqual(forgets + 1);
      expect(numbers).toEqual(numbers.map((_, index) => first + index));
      expect(numbers.at(-1)).toBeGreaterThanOrEqual(kept);
      await after.close();
    }
  }, 60_000);

  test('under a newer lease what was not acknowledged is told anew, and what the session was is not', async () => {
    const path = join(await openTestFolder(), 'outbox');
    const first = await open(path);
    first.tell({ type: 'session.changed', state: 'ready' });
    await keptThrough(first, 1);
    await tellAll(first, 'a', 'b', 'c');
    first.forget(2);
    await first.close();
    const second = await open(path, { epoch: 2 });
    expect((await second.read(0, 10)).map(({ seq }) => seq)).toEqual([1, 2]);
    expect(await commands(second)).toEqual(['b', 'c']);
    await second.close();
    await expect(open(path, { epoch: 1 })).rejects.toThrow('newer than 1');
  });

  test('bytes that change on the disk while it is open become a gap, and what is behind them is told', async () => {
    const path = join(await openTestFolder(), 'outbox');
    const first = await open(path);
    await tellAll(first, 'a', 'b', 'c');
    await first.close();
    const outbox = await open(path);
    const bytes = await readFile(path);
    bytes.write('z', bytes.indexOf('"b"') + 1);
    await writeFile(path, bytes);
    expect((await outbox.read(0, 10)).map(({ seq, event: { type } }) => [seq, type])).toEqual([[1, 'send.ended'], [2, 'gap.found'], [3, 'send.ended']]);
    await outbox.close();
  });

  test('it is full past its limit, keeps what is told all the same, and has drained at half of it', async () => {
    const outbox = await open(join(await openTestFolder(), 'outbox'), { bytesMax: 1_000 });
    const said: string[] = [];
    outbox.watch({ full: () => said.push('full'), drained: () => said.push('drained') });
    await tellAll(outbox, ...Array.from({ length: 20 }, (_, i) => `event-${i}`));
    expect([outbox.isFull(), said]).toEqual([true, ['full']]);
    expect(await outbox.read(0, 100)).toHaveLength(20);
    outbox.forget(10);
    expect(said).toEqual(['full']);
    outbox.forget(17);
    expect([outbox.isFull(), said]).toEqual([false, ['full', 'drained']]);
    await outbox.close();
  });

  test('50 MB of events that wait take a thirtieth of it in memory, are read from the file in order, and the same after a restart', async () => {
    const path = join(await openTestFolder(), 'outbox');
    const outbox = await open(path, { bytesMax: 100_000_000 });
    const rounds = 50;
    const each = 500;
    for (let round = 0; round < rounds; round += 1) {
      for (let i = 0; i < each; i += 1) outbox.tell(event(`${round * each + i} ${'x'.repeat(2_000)}`));
      await outbox.kept();
    }
    const { events, bytes, heldBytes } = outbox.standing();
    expect([events, bytes > 50_000_000, heldBytes < bytes / 30]).toEqual([rounds * each, true, true]);
    const drain = async (one: Outbox, after: number): Promise<number[]> => {
      const seen: number[] = [];
      for (let from = after; ; ) {
        const found = await one.read(from, 16);
        if (found.length === 0) return seen;
        for (const { seq, event: told } of found) seen.push(told.type === 'send.ended' && Number(told.command.split(' ')[0]) === seq - 1 ? seq : -1);
        from = found.at(-1)?.seq ?? Infinity;
        // The first half is acknowledged as it goes: the file is written anew under way.
        one.forget(Math.min(from, (rounds * each) / 2));
      }
    };
    expect(await drain(outbox, 0)).toEqual(Array.from({ length: rounds * each }, (_, i) => i + 1));
    await outbox.close();
    const after = await open(path, { bytesMax: 100_000_000 });
    expect(after.standing()).toMatchObject({ events: (rounds * each) / 2 });
    expect(after.standing().heldBytes).toBeLessThan(1_500_000);
    expect((await drain(after, 0)).length).toBe((rounds * each) / 2);
    await after.close();
    // Under a newer lease they are told anew, and that too needs no more.
    const renewed = await open(path, { epoch: 2, bytesMax: 100_000_000 });
    expect(renewed.standing()).toMatchObject({ events: (rounds * each) / 2 });
    expect(renewed.standing().heldBytes).toBeLessThan(1_500_000);
    expect((await renewed.read((rounds * each) / 2 - 1, 5)).map(({ seq }) => seq)).toEqual([(rounds * each) / 2]);
    await renewed.close();
  }, 60_000);

  test('its file stays small however much goes through it', async () => {
    const path = join(await openTestFolder(), 'outbox');
    const outbox = await open(path, { bytesMax: 10_000_000 });
    for (let round = 1; round <= 40; round += 1) {
      outbox.tell(event('x'.repeat(60_000)));
      await keptThrough(outbox, round);
      outbox.forget(round - 1);
    }
    outbox.forget(39);
    await outbox.close();
    expect((await readFile(path)).length).toBeLessThan(1_000_000);
    const after = await open(path);
    expect((await after.read(0, 10)).map(({ seq }) => seq)).toEqual([40]);
    await after.close();
  });
});
