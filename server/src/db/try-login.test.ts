import { expect, test } from 'vitest';
import { findVersionFault } from './try-login.ts';

test('PostgreSQL before 15, which lacks what the schema uses, is refused by its number', () => {
  expect(findVersionFault(140_018)).toBe('PostgreSQL 14, and Waxos needs 15 or newer');
  expect(findVersionFault(90_624)).toBe('PostgreSQL 9, and Waxos needs 15 or newer');
  for (const version of [150_000, 170_010]) expect(findVersionFault(version)).toBeUndefined();
});
