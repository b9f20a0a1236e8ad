import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { z } from 'zod';
import { inFolder } from '../folders/guarded-folder.ts';
import { removeTree } from '../folders/remove-tree.ts';
import { packProfile, unpackProfile } from './pack-profile.ts';
import { NotOurs, openSealed, readHead, sealBytes } from './seal-bytes.ts';

/**
 * The sealed snapshots of one device, named by epoch and time, so that they are in order by their names:
 *
 *   draft ──whole, synced──▶ on the shelf ──more, closer together, or older, than are kept──▶ removed
 *
 * Nothing on the shelf is ever changed. What a node of an older lease adds stands behind what a newer one added.
 */
export interface Shelf {
  /** Seals what is worth keeping of a profile that nobody writes in. */
  add: (sessionDir: string, added: Added) => Promise<{ bytes: number }>;
  /** What there is by its names, the newest first. */
  list: () => Promise<Snapshot[]>;
  /** Opens the newest that is good into a folder that does not exist yet; undefined where there is none. */
  restore: (into: string, owner?: { uid: number; gid: number }) => Promise<Restored | undefined>;
}

export interface Snapshot {
  name: string;
  epoch: number;
  at: number;
}

interface Added {
  epoch: number;
  /** How the browser was brought to rest: asked to close, or held still. */
  how: 'closed' | 'held';
  /** Of the browser: an older one may not read what a newer one wrote. */
  build: string;
}

export interface Restored extends Snapshot {
  build: string;
  how: Added['how'];
}

interface ShelfOptions {
  dir: string;
  key: Buffer;
  device: string;
  kind: 'whatsapp' | 'sandbox';
  limits: ShelfLimits;
  now?: () => number;
  /** Why one was passed over. */
  passedOver: (snapshot: Snapshot, why: string) => void;
}

export interface ShelfLimits {
  /** So many are kept. */
  count: number;
  /** Behind the newest two, one of each such span: a session that is restarted again and again pushes nothing older out. */
  everyMs: number;
  /** None is kept longer, but the newest. */
  ageMs: number;
}

const aboutSchema = z.object({
  format: z.literal(1),
  device: z.string(),
  kind: z.enum(['whatsapp', 'sandbox']),
  epoch: z.number().int().nonnegative(),
  at: z.number(),
  how: z.enum(['closed', 'held']),
  build: z.string(),
});

const named = /^(\d{1,16})-(\d{1,16})\.sealed$/;
const draftAgeMs = 3_600_000;

export const openShelf = (options: ShelfOptions): Shelf => {
  const { dir, now = Date.now } = options;
  const list = async (): Promise<Snapshot[]> => {
    const names = await readdir(dir).catch(() => []);
    const found = names.flatMap((name) => {
      const [, epoch, at] = named.exec(name) ?? [];
      return epoch === undefined || at === undefined ? [] : [{ name, epoch: Number(epoch), at: Number(at) }];
    });
    return found.toSorted((a, b) => b.epoch - a.epoch || b.at - a.at);
  };
  return {
    list,
    add: async (sessionDir, { epoch, how, build }) => {
      const [newest] = await list();
      if (newest !== undefined && newest.epoch > epoch) throw new Error('There is a snapshot of a newer lease already.');
      await mkdir(dir, { recursive: true, mode: 0o700 });
      const at = Math.max(now(), (newest?.at ?? 0) + 1);
      const name = `${epoch}-${at}.sealed`;
      const { key, device, kind } = options;
      const about: z.infer<typeof aboutSchema> = { format: 1, device, kind, epoch, at, how, build };
      const bytes = await writeSealed(sessionDir, { dir, name, key, about });
      await prune(dir, { ...options.limits, now: now(), snapshots: await list() });
      return { bytes };
    },
    restore: async (into, owner) => {
      for (const snapshot of await list()) {
        try {
          return { ...snapshot, ...(await readSealed(snapshot, { options, into, ...(owner === undefined ? {} : { owner }) })) };
        } catch (error) {
          await removeTree(into);
          if (!isDamage(error)) throw error;
          options.passedOver(snapshot, error instanceof Error ? error.message : 'it cannot be read');
        }
      }
      return undefined;
    },
  };
};

interface Written {
  dir: string;
  name: string;
  key: Buffer;
  about: Record<string, unknown>;
}

const writeSealed = async (sessionDir: string, { dir, name, key, about }: Written): Promise<number> => {
  const draft = join(dir, `${randomUUID()}.draft`);
  try {
    const bytes = await inFolder(sessionDir, async (session) => {
      const file = await open(draft, 'wx', 0o600);
      try {
        const compressed = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } });
        await pipeline(Readable.from(packProfile(session)), compressed, async (source: AsyncIterable<Buffer>) => {
          for await (const piece of sealBytes(source, { key, about })) await file.writeFile(piece);
        });
        await file.sync();
        return (await file.stat()).size;
      } finally {
        await file.close();
      }
    });
    if (bytes === undefined) throw new Error('There is no profile to be kept.');
    await rename(draft, join(dir, name));
    // The name is on the disk too, not only the bytes.
    await inFolder(dir, (folder) => folder.sync());
    return bytes;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
};

interface Wanted {
  options: ShelfOptions;
  into: string;
  owner?: { uid: number; gid: number };
}

const readSealed = async ({ name, epoch, at }: Snapshot, { options, into, owner }: Wanted): Promise<Pick<Restored, 'build' | 'how'>> => {
  const file = await open(join(options.dir, name), 'r');
  try {
    const head = await readHead(file, options.key);
    const about = aboutSchema.safeParse(head.about);
    if (!about.success) throw new NotOurs('it is of another kind or format');
    if (about.data.device !== options.device || about.data.kind !== options.kind) throw new NotOurs('it is of another device');
    if (about.data.epoch !== epoch || about.data.at !== at) throw new NotOurs('it has another name than it was given');
    await pipeline(Readable.from(openSealed(file, head)), createZstdDecompress(), (plain: AsyncIterable<Buffer>) => unpackProfile(plain, into, owner));
    return { build: about.data.build, how: about.data.how };
  } finally {
    await file.close();
  }
};

/** What is wrong with the snapshot itself. A disk that is full or gone is no reason to take an older one. */
const isDamage = (error: unknown): boolean => error instanceof NotOurs || (error instanceof Error && (!('code' in error) || String(error.code) === 'ENOENT' || String(error.code).startsWith('ZSTD')));

interface Pruned extends ShelfLimits {
  now: number;
  snapshots: readonly Snapshot[];
}

/** The newest always stays: where folders are local it may be all that is left of a link. */
const prune = async (dir: string, { count, ageMs, everyMs, now, snapshots }: Pruned): Promise<void> => {
  const kept = snapshots.slice(0, Math.min(count, 2));
  for (const snapshot of snapshots.slice(kept.length)) {
    const isApart = Math.floor(snapshot.at / everyMs) !== Math.floor((kept.at(-1)?.at ?? 0) / everyMs);
    if (kept.length < count && isApart) kept.push(snapshot);
  }
  const over = snapshots.filter((snapshot, index) => index > 0 && (!kept.includes(snapshot) || now - snapshot.at > ageMs));
  for (const { name } of over) await rm(join(dir, name), { force: true });
  const drafts = (await readdir(dir)).filter((name) => name.endsWith('.draft'));
  for (const name of drafts) {
    const made = await stat(join(dir, name)).catch(() => undefined);
    if (made !== undefined && now - made.mtimeMs > draftAgeMs) await rm(join(dir, name), { force: true });
  }
};
