import { expect, test } from 'vitest';
import { inTurn } from './in-turn.ts';

test('one thing is read at a time, each once however often it was asked for, also what comes in the meantime', async () => {
  const begun: string[] = [];
  const endings: (() => void)[] = [];
  const ask = inTurn((key) => {
    begun.push(key);
    return new Promise((resolve) => endings.push(resolve));
  });
  for (const key of ['a', 'b', 'b', 'c']) ask(key);
  expect(begun).toEqual(['a']);
  ask('a');
  for (const expected of ['ab', 'abc', 'abca']) {
    endings.shift()?.();
    await expect.poll(() => begun.join('')).toBe(expected);
  }
  endings.shift()?.();
  await expect.poll(() => (ask('d'), begun.join(''))).toBe('abcad');
});
