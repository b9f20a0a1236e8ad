import { randomUUID } from 'node:crypto';
import { chown, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DriverRefusal } from './driver.ts';
import type { PageDoor } from './page-door.ts';
import { dropMedia, takeFile } from './page-scripts/carry-media.ts';

interface Wanted {
  as: string;
  mimetype: string;
  filename: string | undefined;
  bytes: Uint8Array | undefined;
}

export interface PutFile {
  token: string;
  mimetype: string;
  filename: string;
  drop: () => Promise<void>;
}

const prefix = 'outgoing-';

/** What a node that ended in the middle of a send has left there. */
export const clearOutgoing = async (profileDir: string): Promise<void> => {
  const names = (await readdir(profileDir)).filter((name) => name.startsWith(prefix));
  for (const name of names) await rm(join(profileDir, name), { recursive: true, force: true });
};

/** Gives the page a file by its path, through an input: its bytes do not cross the debugger. */
export const putFile = async (door: PageDoor, profileDir: string, { as, mimetype, filename = 'file', bytes }: Wanted): Promise<PutFile> => {
  if (bytes === undefined) throw new DriverRefusal('media_missing', 'there are no bytes to send');
  const token = randomUUID();
  const folder = await mkdtemp(join(profileDir, prefix));
  const drop = async (): Promise<void> => {
    // A page that is gone has dropped it as well.
    await door.run(dropMedia, token).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const path = join(folder, 'file');
    await writeFile(path, bytes, { mode: 0o600 });
    await giveTo(profileDir, [folder, path]);
    await door.within(async () => {
      const input = await door.page.evaluateHandle(makeInput, token);
      const element = input.asElement();
      if (element === null) throw new DriverRefusal('refused', 'the page takes no files');
      await (element as unknown as { uploadFile: (...paths: string[]) => Promise<void> }).uploadFile(path);
      await input.dispose();
    });
    const taken = await door.run(takeFile, { token, mimetype, filename, isSticker: as === 'sticker' });
    if (taken === null) throw new DriverRefusal('refused', 'the page did not take the file');
    return { token, mimetype: taken.mimetype, filename, drop };
  } catch (error) {
    await drop();
    throw error;
  }
};

/** The browser may run as another user, who owns its profile. */
const giveTo = async (profileDir: string, paths: string[]): Promise<void> => {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(profileDir);
  for (const path of paths) await chown(path, uid, gid);
};

const makeInput = (token: string): object => {
  interface Input {
    type: string;
    id: string;
    style: { display: string };
  }
  const { document } = globalThis as unknown as { document: { createElement: (name: string) => Input; body: { append: (input: Input) => void } } };
  const input = document.createElement('input');
  input.type = 'file';
  input.id = `waxos-${token}`;
  input.style.display = 'none';
  document.body.append(input);
  return input;
};
