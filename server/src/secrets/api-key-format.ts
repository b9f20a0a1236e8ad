import { parse } from 'uuid';
import { newToken } from './tokens.ts';

/** `waxos_<id>_<secret>`: the id finds the row, the prefix lets secret scanners recognise a leaked key. */
const FORM = /^waxos_([A-Za-z0-9_-]{22})_([A-Za-z0-9_-]{43})$/;

export const writeApiKey = (id: string): string => `waxos_${Buffer.from(parse(id)).toString('base64url')}_${newToken()}`;

/** The id of the row that a key claims to be, or undefined where it has not the form of a key. */
export const apiKeyIdOf = (key: string): string | undefined => {
  const encoded = FORM.exec(key)?.[1];
  if (encoded === undefined) return undefined;
  const hex = Buffer.from(encoded, 'base64url').toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
