import { hash } from '@node-rs/argon2';
import { beforeAll, expect, test } from 'vitest';
import { isCommonPassword } from './common-passwords.ts';
import { openPasswords, type Passwords } from './passwords.ts';

let passwords: Passwords;

beforeAll(async () => {
  passwords = await openPasswords();
});

test('a password is right with its own hash only, and two hashes of it differ', async () => {
  const [one, other] = [await passwords.hash('violet-harbour-42-lamp', 'password'), await passwords.hash('violet-harbour-42-lamp', 'password')];
  expect(one).not.toBe(other);
  expect(await passwords.check('violet-harbour-42-lamp', one)).toEqual({ right: true, rehash: undefined });
  expect(await passwords.check('violet-harbour-42-lamP', one)).toEqual({ right: false, rehash: undefined });
});

test('where there is no account nothing is right, not even what the stand-in was made of', async () => {
  for (const guess of ['', 'a password that nobody has', 'violet-harbour-42-lamp']) expect((await passwords.check(guess, undefined)).right).toBe(false);
});

test('only the right password brings a hash of older parameters up to date', async () => {
  const old = await hash('violet-harbour-42-lamp', { memoryCost: 4096, timeCost: 3, parallelism: 1 });
  expect((await passwords.check('wrong', old)).rehash).toBeUndefined();
  const { right, rehash } = await passwords.check('violet-harbour-42-lamp', old);
  expect(right).toBe(true);
  expect(await passwords.check('violet-harbour-42-lamp', rehash)).toEqual({ right: true, rehash: undefined });
});

test.each(['password', 'Password2024!', '1234567890', 'iloveyouiloveyou', 'abababababab', 'qwertyuiop123'])('%s is common', (password) => {
  expect(isCommonPassword(password)).toBe(true);
});

test.each(['violet-harbour-42-lamp', 'correct horse battery', 'Tr0ub4dor&3 or so', 'пароль-который-никто'])('%s is not', (password) => {
  expect(isCommonPassword(password)).toBe(false);
});
