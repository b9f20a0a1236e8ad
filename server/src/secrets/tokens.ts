import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits for a cookie or a key. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token that is random already: nothing to guess, so a plain hash is enough. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url');
