import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const keptSchema = z.object({ id: z.uuid(), boot: z.string() });

/**
 * Where this node is: the same as long as its folder is on a machine that has not been started anew. Whoever comes as the
 * same one has found and ended the browsers that an earlier run left; of another one they may still live elsewhere.
 */
export const readInstance = async (dir: string): Promise<string> => {
  const path = join(dir, 'instance.json');
  const boot = await readBoot();
  const kept = await readFile(path, 'utf8').then((text) => keptSchema.safeParse(parseOrNothing(text)).data, () => undefined);
  if (kept?.boot === boot) return kept.id;
  const made = { id: randomUUID(), boot };
  await writeFile(`${path}.new`, JSON.stringify(made), { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
  return made.id;
};

/** Of the kernel that runs, in a container too. Without one that can be read, each run is a place of its own. */
const readBoot = (): Promise<string> =>
  readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
    (text) => text.trim(),
    () => randomUUID(),
  );

const parseOrNothing = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};
