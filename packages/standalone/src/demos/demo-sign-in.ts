import { randomInt } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { signInOutput } from '@waxos/contract/accounts';
import { z } from 'zod';
import { codeOf } from '../bad-start.ts';
import { openPageCaller, Refused } from './page-caller.ts';

const demoSignIn = z.object({ email: z.string(), password: z.string() });
export type DemoSignIn = z.output<typeof demoSignIn>;

const fileIn = (dataDir: string): string => join(dataDir, 'demo-sign-in.json');

/** Letters and digits that nobody mistakes for each other when typing them off a terminal. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

export const makePassword = (): string => {
  const letters = Array.from({ length: 16 }, () => alphabet[randomInt(alphabet.length)]);
  return [0, 4, 8, 12].map((from) => letters.slice(from, from + 4).join('')).join('-');
};

export const saveDemoSignIn = async (dataDir: string, signIn: DemoSignIn): Promise<void> => {
  await writeFile(`${fileIn(dataDir)}.new`, `${JSON.stringify(signIn)}\n`, { mode: 0o600 });
  await rename(`${fileIn(dataDir)}.new`, fileIn(dataDir));
};

interface Where {
  dataDir: string;
  url: string;
  origin: string;
}

/** The demo's sign-in as long as it still works; once its password is changed it is nobody's business here. */
export const findDemoSignIn = async ({ dataDir, url, origin }: Where): Promise<DemoSignIn | undefined> => {
  const saved = await readSaved(dataDir);
  if (saved === undefined) return undefined;
  const page = openPageCaller(url, origin);
  try {
    const { next } = signInOutput.parse(await page.mutate('auth.signIn', saved));
    if (next !== 'done') return undefined;
    await page.mutate('auth.signOut');
    return saved;
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
};

const readSaved = async (dataDir: string): Promise<DemoSignIn | undefined> => {
  try {
    return demoSignIn.parse(JSON.parse(await readFile(fileIn(dataDir), 'utf8')));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
};
