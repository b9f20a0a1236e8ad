import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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

/** Beside the profile and not in it: there the browser's user could put a link in the place of what the node writes. */
const dirOf = (profileDir: string): string => dirname(profileDir);

/** What a node that ended in the middle of a send has left there. */
export const clearOutgoing = async (profileDir: string): Promise<void> => {
  const dir = dirOf(profileDir);
  const names = (await readdir(dir)).filter((name) => name.startsWith(prefix));
  for (const name of names) await rm(join(dir, name), { recursive: true, force: true });
};

/** Gives the page a file by its path, through an input: its bytes do not cross the debugger. */
export const putFile = async (door: PageDoor, profileDir: string, { as, mimetype, filename = 'file', bytes }: Wanted): Promise<PutFile> => {
  if (bytes === undefined) throw new DriverRefusal('media_missing', 'there are no bytes to send');
  const token = randomUUID();
  const folder = await mkdtemp(join(dirOf(profileDir), prefix));
  const drop = async (): Promise<void> => {
    // A page that is gone has dropped it as well.
    await door.run(dropMedia, token).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const path = join(folder, 'file');
    await writeFor(profileDir, path, bytes);
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

/** The browser may run as another user, who owns its profile: that one reads the file, and only passes through its folder. */
const writeFor = async (profileDir: string, path: string, bytes: Uint8Array): Promise<void> => {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    if (process.getuid?.() !== 0) return;
    const { uid, gid } = await stat(profileDir);
    await file.chown(uid, gid);
    await chmod(dirname(path), 0o711);
  } finally {
    await file.close();
  }
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
