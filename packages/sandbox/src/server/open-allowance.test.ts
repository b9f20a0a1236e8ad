import { expect, test } from 'vitest';
import { openAllowance } from './open-allowance.ts';

const open = () => openAllowance({ what: 'media', variable: 'SANDBOX_MEDIA_MB_MAX', eachMax: 5_000_000 });

test('a network that is full is refused, told by what it can be mended, and keeps nobody else from theirs', () => {
  const allowance = open();
  allowance.set('one', 4_000_000);
  expect(() => allowance.check('one', 1_000_000)).not.toThrow();
  expect(() => allowance.check('one', 1_000_001)).toThrow('The sandbox keeps no more media of this workspace: 5 MB is the most. Whoever runs it can raise SANDBOX_MEDIA_MB_MAX.');
  expect(() => allowance.check('two', 1_000_001)).not.toThrow();
});

test('what is given back can be taken again', () => {
  const allowance = open();
  allowance.set('one', 5_000_000);
  expect(() => allowance.check('one')).toThrow('no more media');
  allowance.set('one', 1_000_000);
  expect(() => allowance.check('one')).not.toThrow();
});

test('many networks together have an end too', () => {
  const allowance = open();
  for (let number = 0; number < 3; number += 1) allowance.set(`network ${number}`, 5_000_000);
  expect(() => allowance.check('another')).toThrow('of all workspaces together: 15 MB is the most');
});
