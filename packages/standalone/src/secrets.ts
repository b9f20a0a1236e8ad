import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BadStart, codeOf } from './bad-start.ts';

/** What one installation made up for itself. Whoever reads the file owns the database. */
const savedSecrets = z.object({
  superuserPassword: z.string().min(1),
  ownerPassword: z.string().min(1),
  appPassword: z.string().min(1),
  systemPassword: z.string().min(1),
  secretKey: z.string().min(1),
});
export type SavedSecrets = z.output<typeof savedSecrets>;

export const makeSecrets = (): SavedSecrets => ({
  superuserPassword: randomBytes(24).toString('hex'),
  ownerPassword: randomBytes(24).toString('hex'),
  appPassword: randomBytes(24).toString('hex'),
  systemPassword: randomBytes(24).toString('hex'),
  secretKey: randomBytes(32).toString('base64'),
});

/** Reads DATA_DIR/secrets.json, or writes a new one whole or not at all. */
export const keepSecrets = async (dataDir: string): Promise<SavedSecrets> => {
  const path = join(dataDir, 'secrets.json');
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) {
    const made = makeSecrets();
    await writeFile(`${path}.new`, `${JSON.stringify(made, undefined, 2)}\n`, { mode: 0o600, flush: true });
    await rename(`${path}.new`, path);
    return made;
  }
  const read = savedSecrets.safeParse(parseOrNothing(text));
  if (!read.success) throw new BadStart(`${path} is damaged: restore it from a backup, or remove all of ${dataDir} to begin anew.`);
  return read.data;
};

const parseOrNothing = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};
