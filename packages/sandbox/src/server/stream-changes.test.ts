import { Writable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { streamChanges } from './stream-changes.ts';

test('who reads slowly is told of all changes at once, and nothing piles up meanwhile', async () => {
  const written: string[] = [];
  const waiting: (() => void)[] = [];
  const out = new Writable({
    highWaterMark: 1,
    write: (chunk: Buffer, _encoding, done) => {
      written.push(chunk.toString());
      waiting.push(done);
    },
  });
  onTestFinished(() => void out.destroy());
  const read = async (): Promise<void> => {
    waiting.shift()?.();
    await new Promise(setImmediate);
  };
  const listeners: ((accounts: ReadonlySet<string>) => void)[] = [];
  const change = (...accounts: string[]): void => listeners.forEach((listener) => listener(new Set(accounts)));
  streamChanges({ watch: (listener) => (listeners.push(listener), () => undefined) }, out);
  for (let round = 0; round < 1_000; round += 1) change('1', `${round % 3}`);
  expect(out.writableLength).toBeLessThan(20);
  await read();
  expect(written).toEqual([': here\n\n', 'data: {"accounts":["1","0","2"]}\n\n']);
});
