import { expect, test } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

function slowRead() {
  const begun: string[] = [];
  const endings: (() => void)[] = [];
  const read = oneAtATime((key) => {
    begun.push(key);
    return new Promise((resolve) => endings.push(resolve));
  });
  return { begun, read, end: () => endings.shift()?.() };
}

test('what is asked for again while it is read is read once more, and not more often', async () => {
  const { begun, read, end } = slowRead();
  const done = Promise.all([read('a'), read('a'), read('a')]);
  expect(begun).toEqual(['a']);
  end();
  await expect.poll(() => begun).toEqual(['a', 'a']);
  end();
  await done;
  expect(begun).toEqual(['a', 'a']);
});

test('different things are read at the same time', () => {
  const { begun, read } = slowRead();
  void read('a');
  void read('b');
  expect(begun).toEqual(['a', 'b']);
});

test('after a failure it can be read again', async () => {
  let times = 0;
  const read = oneAtATime(async () => {
    times += 1;
    if (times === 1) throw new Error('broken');
  });
  await expect(read('a')).rejects.toThrow('broken');
  await read('a');
  expect(times).toBe(2);
});
