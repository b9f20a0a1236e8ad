import { expect, onTestFinished, test, vi } from 'vitest';
import { createRandom } from './random.ts';

test('the same seed gives the same ids, another one others', () => {
  const draw = (seed: string) => {
    const random = createRandom(seed);
    return [random.digits(15), random.hex(32), random.letters(22), random.token(), random.below(1_000)];
  };
  expect(draw('one')).toEqual(draw('one'));
  expect(draw('one')).not.toEqual(draw('two'));
});

test('ids have their length and their letters, and do not begin with a nought', () => {
  const random = createRandom('shape');
  for (let count = 0; count < 200; count += 1) {
    expect(random.digits(15)).toMatch(/^[1-9]\d{14}$/);
    expect(random.hex(18)).toMatch(/^[0-9A-F]{18}$/);
    expect(random.letters(22)).toMatch(/^[A-Za-z0-9]{22}$/);
  }
});

test('every number below the end is drawn, evenly', () => {
  const random = createRandom('even');
  const counts = Array.from({ length: 10 }, () => 0);
  for (let count = 0; count < 10_000; count += 1) {
    const drawn = random.below(10);
    counts[drawn] = (counts[drawn] ?? 0) + 1;
  }
  expect(counts.every((count) => count > 850 && count < 1_150)).toBe(true);
});

test('without a seed no two are alike', () => {
  expect(createRandom().token()).not.toBe(createRandom().token());
  expect(createRandom().hex(32)).not.toBe(createRandom().hex(32));
});

test('what nobody may guess is not drawn from the numbers that everybody sees', () => {
  const drawn = vi.spyOn(Math, 'imul');
  onTestFinished(() => drawn.mockRestore());
  const random = createRandom();
  expect(random.code(8, 'ABC')).toMatch(/^[ABC]{8}$/);
  expect(random.token()).toHaveLength(43);
  expect(drawn).not.toHaveBeenCalled();
  random.letters(1);
  expect(drawn).toHaveBeenCalled();
});
