import { expect, test } from 'vitest';
import { avatarHue, initialsOf } from './avatar-look.ts';

test.each([
  ['Harbour Shop', 'HS'],
  ['  blue   harbour shop ', 'BS'],
  ['Harbour', 'H'],
  ['متجر الميناء', 'ما'],
  ['👩‍💻 Dev', '👩‍💻D'],
  ['', ''],
])('%j is shown as %j', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test('an id keeps its colour, and ids spread over all eight', () => {
  const hues = Array.from({ length: 200 }, (_, number) => avatarHue(`01a1ff55-1abc-7162-ba5b-${number}`));
  expect(avatarHue('01a1ff55-1abc-7162-ba5b-0')).toBe(hues[0]);
  expect([...new Set(hues)].sort((one, other) => one - other)).toEqual([0, 45, 90, 135, 180, 225, 270, 315]);
});
