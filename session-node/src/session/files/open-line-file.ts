import { constants } from 'node:fs';
import { mkdir, open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Time } from '../time.ts';
import { formatLine, parseLines } from './parse-lines.ts';

/** A file that only grows at its end, in whole lines, until it is written anew. */
export interface LineFile {
  /** What was there when it was opened. */
  found: readonly string[];
  /** `kept` is called when the line is on the disk; in the order of the calls. */
  append: (text: string, kept?: () => void) => void;
  /** All of it anew: at once, or as it was. Asked for the lines when its turn comes; what waits comes after them. */
  rewrite: (lines: () => string[]) => Promise<void>;
  /** The same where nobody waits for it: once at a time, and where it fails the file stays as it is. */
  renew: (lines: () => string[]) => void;
  bytes: () => number;
  /** Everything that was appended is on the disk. */
  close: () => Promise<void>;
}

interface LineFileOptions {
  path: string;
  time: Time;
  /** Whether a batch is synced before it counts as kept: what a power cut may not take. */
  sync: boolean;
  /** The disk refused, for instance because it is full; it is tried again until it takes it. */
  troubled?: (error: unknown) => void;
}

const retryMs = 1_000;

interface Writer {
  options: LineFileOptions;
  handle: FileHandle;
  size: number;
  waiting: { line: string; kept: (() => void) | undefined }[];
  /** One thing at a time is done to the file. */
  turn: Promise<void>;
  flushing: boolean;
  renewing: boolean;
  closed: boolean;
}

export const openLineFile = async (options: LineFileOptions): Promise<LineFile> => {
  const { path } = options;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // Of a rewriting that did not end; the file itself is still the former one.
  await rm(`${path}.new`, { force: true });
  const handle = await openAt(path);
  const { texts, wholeBytes } = parseLines(await readFile(path));
  await handle.truncate(wholeBytes);
  const writer: Writer = { options, handle, size: wholeBytes, waiting: [], turn: Promise.resolve(), flushing: false, renewing: false, closed: false };
  return {
    found: texts,
    append: (text, kept) => {
      writer.waiting.push({ line: formatLine(text), kept });
      scheduleFlush(writer);
    },
    rewrite: (lines) => rewrite(writer, lines),
    renew: (lines) => renew(writer, lines),
    bytes: () => writer.size,
    close: () => close(writer),
  };
};

const inTurn = (writer: Writer, act: () => Promise<void>): Promise<void> => {
  const mine = writer.turn.then(act);
  writer.turn = mine.catch(() => undefined);
  return mine;
};

const flush = async (writer: Writer): Promise<void> => {
  const { handle, options } = writer;
  const batch = writer.waiting;
  writer.flushing = false;
  writer.waiting = [];
  const bytes = Buffer.from(batch.map(({ line }) => line).join(''));
  try {
    await writeAt(handle, bytes, writer.size);
    if (options.sync) await handle.datasync();
  } catch (error) {
    writer.waiting = [...batch, ...writer.waiting];
    options.troubled?.(error);
    throw error;
  }
  writer.size += bytes.length;
  for (const { kept } of batch) kept?.();
};

/** While one batch is written the next one gathers: a busy file is synced once for many lines. */
const scheduleFlush = (writer: Writer): void => {
  if (writer.flushing || writer.closed) return;
  writer.flushing = true;
  inTurn(writer, () => flush(writer)).catch(() => {
    writer.flushing = true;
    if (writer.closed) return;
    writer.options.time.after(retryMs, () => {
      writer.flushing = false;
      scheduleFlush(writer);
    });
  });
};

const rewrite = (writer: Writer, lines: () => string[]): Promise<void> =>
  inTurn(writer, async () => {
    const bytes = Buffer.from(lines().map(formatLine).join(''));
    const former = writer.handle;
    writer.handle = await replaceFile(writer.options.path, bytes);
    writer.size = bytes.length;
    await former.close();
  });

const renew = (writer: Writer, lines: () => string[]): void => {
  if (writer.renewing || writer.closed) return;
  writer.renewing = true;
  void rewrite(writer, lines)
    .catch((error: unknown) => writer.options.troubled?.(error))
    .finally(() => {
      writer.renewing = false;
    });
};

const close = async (writer: Writer): Promise<void> => {
  writer.closed = true;
  try {
    await inTurn(writer, async () => {
      if (writer.waiting.length > 0) await flush(writer);
    });
  } finally {
    await writer.handle.close();
  }
};

const openAt = (path: string): Promise<FileHandle> => open(path, constants.O_RDWR | constants.O_CREAT, 0o600);

const writeAt = async (handle: FileHandle, bytes: Buffer, position: number): Promise<void> => {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
};

/** The new file is whole on the disk before it takes the name. */
const replaceFile = async (path: string, bytes: Buffer): Promise<FileHandle> => {
  const fresh = await open(`${path}.new`, constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC, 0o600);
  try {
    await writeAt(fresh, bytes, 0);
    await fresh.sync();
    await rename(`${path}.new`, path);
  } catch (error) {
    await fresh.close();
    throw error;
  }
  const folder = await open(dirname(path), constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
  return fresh;
};
