import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeviceKind } from '@waxos/contract/devices';
import { DEVICE_KINDS } from '@waxos/contract/devices';
import type { Heartbeat } from '@waxos/contract/node-link/frames';
import type { Log } from '@waxos/process/log';
import { z } from 'zod';
import type { BuildChoice, OpenBuildChoice } from '../session/build-choice.ts';
import { chooseBuild, followBuild, noBuilds, type BuildBook, type BuildMove } from './try-builds.ts';

/** The builds of WhatsApp's page that the sessions of this node run on, kept over its restarts; apart for each kind of device. */
export interface Builds {
  of: OpenBuildChoice;
  list: () => NonNullable<Heartbeat['builds']>;
  /** Resolves when all is on the disk. */
  close: () => Promise<void>;
}

interface BuildsOptions {
  dir: string;
  now: () => number;
  log: Pick<Log, 'info' | 'warn'>;
}

const keptSchema = z.object({ pinned: z.string(), heldBack: z.array(z.string()) });
/** A document larger than this is none that we know. */
const htmlBytesMax = 16 * 1_024 * 1_024;

export const keepBuilds = async ({ dir, now, log }: BuildsOptions): Promise<Builds> => {
  const shelves = new Map<DeviceKind, Shelf>();
  for (const kind of DEVICE_KINDS) shelves.set(kind, await openShelf(join(dir, kind)));
  return {
    of: (device, kind) => choiceOn(shelves.get(kind) ?? emptyShelf(join(dir, kind)), { device, kind, now, log }),
    list: () =>
      [...shelves].flatMap(([kind, { book }]) => [
        ...(book.pinned === undefined ? [] : [{ kind, build: book.pinned, standing: 'pinned' as const }]),
        ...(book.trial === undefined ? [] : [{ kind, build: book.trial.build, standing: 'on_trial' as const }]),
        ...book.heldBack.map((build) => ({ kind, build, standing: 'held_back' as const })),
      ]),
    close: async () => {
      await Promise.all([...shelves.values()].map(({ writing }) => writing));
    },
  };
};

interface Shelf {
  dir: string;
  book: BuildBook;
  /** Of the pinned one, and of the one on trial. */
  documents: Map<string, string>;
  writing: Promise<void>;
}

const emptyShelf = (dir: string): Shelf => ({ dir, book: noBuilds, documents: new Map(), writing: Promise.resolve() });
/** A page says what it likes of its build: it fills no heartbeat, and names no file. */
const nameOf = (build: string): string => build.slice(0, 64);
const fileOf = (build: string): string => `${createHash('sha256').update(build).digest('hex').slice(0, 32)}.html`;

/** What cannot be read is as if it were not there: the next session that is ready says anew what is good. */
const openShelf = async (dir: string): Promise<Shelf> => {
  const shelf = emptyShelf(dir);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  try {
    const { pinned, heldBack } = keptSchema.parse(JSON.parse(await readFile(join(dir, 'book.json'), 'utf8')));
    shelf.documents.set(pinned, await readFile(join(dir, fileOf(pinned)), 'utf8'));
    shelf.book = { ...noBuilds, pinned, heldBack };
  } catch {
    return shelf;
  }
  return shelf;
};

interface ChoiceOptions extends Omit<BuildsOptions, 'dir'> {
  device: string;
  kind: DeviceKind;
}

const choiceOn = (shelf: Shelf, { device, kind, now, log }: ChoiceOptions): BuildChoice => {
  const take = ({ book, reopen, verdict }: BuildMove): boolean => {
    const changed = book.pinned !== shelf.book.pinned || book.heldBack !== shelf.book.heldBack;
    shelf.book = book;
    if (verdict !== undefined) log[verdict.is === 'held_back' || verdict.is === 'given_up' ? 'warn' : 'info']({ kind, device, build: verdict.build }, `build.${verdict.is}`);
    if (changed) keep(shelf);
    return reopen;
  };
  return {
    choose: (linked) => {
      const { build, book } = chooseBuild(shelf.book, { device, linked, now: now() });
      shelf.book = book;
      const html = build === undefined ? undefined : shelf.documents.get(build);
      return build === undefined || html === undefined ? undefined : { build, html };
    },
    loaded: ({ build: said, html }, linked) => {
      const build = nameOf(said);
      const { pinned } = shelf.book;
      // Without the document of the good one there is nothing to go back to.
      const isThere = pinned !== undefined && shelf.documents.has(pinned);
      const reopen = take(followBuild(shelf.book, { is: 'loaded', build, linked }, { device, now: now() }));
      if (shelf.documents.has(build) || html.length > htmlBytesMax || shelf.book.heldBack.includes(build)) return reopen && isThere;
      shelf.documents.set(build, html);
      // A session may be ready on it before its document is here.
      if (build === shelf.book.pinned) keep(shelf);
      return reopen && isThere;
    },
    tell: (news) => take(followBuild(shelf.book, 'build' in news && news.build !== undefined ? { ...news, build: nameOf(news.build) } : news, { device, now: now() })),
  };
};

/** The documents first, then the book that names one of them; one writing after another. */
const keep = (shelf: Shelf): void => {
  const { dir, documents } = shelf;
  const { pinned, trial, heldBack } = shelf.book;
  for (const build of documents.keys()) if (build !== pinned && build !== trial?.build) documents.delete(build);
  const html = pinned === undefined ? undefined : documents.get(pinned);
  const write = async (): Promise<void> => {
    if (pinned === undefined || html === undefined) return rm(join(dir, 'book.json'), { force: true });
    await put(join(dir, fileOf(pinned)), html);
    await put(join(dir, 'book.json'), JSON.stringify({ pinned, heldBack }));
    for (const name of await readdir(dir)) if (name !== 'book.json' && name !== fileOf(pinned)) await rm(join(dir, name), { force: true });
  };
  shelf.writing = shelf.writing.then(write).catch(() => undefined);
};

const put = async (path: string, text: string): Promise<void> => {
  await writeFile(`${path}.new`, text, { mode: 0o600 });
  await rename(`${path}.new`, path);
};
