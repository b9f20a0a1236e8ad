import { createHash, randomBytes, randomInt } from 'node:crypto';

/** Where every id of a network comes from. The same seed gives the same ids in the same order. */
export interface Random {
  /** 0 to 2^32 - 1. */
  word: () => number;
  /** 0 to `end` - 1. */
  below: (end: number) => number;
  /** True this often, from 0 to 1. */
  chance: (share: number) => boolean;
  digits: (count: number) => string;
  /** Hexadecimal, in capitals as WhatsApp writes ids. */
  hex: (count: number) => string;
  letters: (count: number) => string;
  /** What nobody may guess: from the seed only where there is one. */
  token: () => string;
  /** As `token`, of letters that a person reads and types. */
  code: (count: number, letters: string) => string;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** xoshiro128**: small and fast; what must not be guessed does not come from it, unless a seed was asked for. */
export const createRandom = (seed?: string): Random => {
  const start = seed === undefined ? randomBytes(16) : createHash('sha256').update(seed).digest();
  let a = start.readUInt32LE(0);
  let b = start.readUInt32LE(4);
  let c = start.readUInt32LE(8);
  let d = start.readUInt32LE(12) | 1;

  const word = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
  const below = (end: number): number => Math.floor((word() / 2 ** 32) * end);
  const text = (count: number, letters: string): string => Array.from({ length: count }, () => letters[below(letters.length)]).join('');
  return {
    word,
    below,
    chance: (share) => word() / 2 ** 32 < share,
    digits: (count) => `${1 + below(9)}${text(count - 1, '0123456789')}`,
    hex: (count) => text(count, '0123456789ABCDEF'),
    letters: (count) => text(count, alphabet),
    code: (count, letters) => (seed === undefined ? Array.from({ length: count }, () => letters[randomInt(letters.length)]).join('') : text(count, letters)),
    token: () => (seed === undefined ? randomBytes(32).toString('base64url') : text(43, alphabet)),
  };
};

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
