import { constants } from 'node:fs';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Time } from '../time.ts';
import { formatLine, parseLines, type TakeLine } from './parse-lines.ts';
import { readAt, readPieces } from './read-pieces.ts';

/** A file that only grows at its end, in whole lines, until it is written anew. */
export interface LineFile {
  /** `kept` is called when the line is on the disk, with its place; in the order of the calls. */
  append: (text: string, kept?: (at: number) => void) => void;
  /** What is on the disk, in its turn: no place changes until it ends. */
  read: <T>(act: (readBytes: ReadBytes) => Promise<T>) => Promise<T>;
  /** All of it anew: at once, or as it was. Asked for the lines when its turn comes; what waits comes after them. */
  rewrite: (lines: Lines, placed?: Placed) => Promise<void>;
  /** The same where nobody waits for it: once at a time, and where it fails the file stays as it is. */
  renew: (lines: Lines, placed?: Placed) => void;
  bytes: () => number;
  /** Of what is not on the disk yet. */
  waitingBytes: () => number;
  /** Everything that was appended is on the disk. */
  close: () => Promise<void>;
}

export type ReadBytes = (at: number, bytes: number) => Promise<Buffer>;
/** They may come from the file as it still is. */
export type Lines = (readBytes: ReadBytes) => Iterable<string> | AsyncIterable<string>;
/** Where each of the new lines is. */
export type Placed = (at: readonly number[]) => void;

interface LineFileOptions {
  path: string;
  time: Time;
  /** Whether a batch is synced before it counts as kept: what a power cut may not take. */
  sync: boolean;
  /** Each line that is there when it is opened. */
  found: TakeLine;
  /** The disk refused, for instance because it is full; it is tried again until it takes it. */
  troubled?: (error: unknown) => void;
}

const retryMs = 1_000;

interface Writer {
  options: LineFileOptions;
  handle: FileHandle;
  size: number;
  waiting: { line: Buffer; kept: ((at: number) => void) | undefined }[];
  waitingBytes: number;
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
  const wholeBytes = await believe(handle, options.found);
  const writer: Writer = { options, handle, size: wholeBytes, waiting: [], waitingBytes: 0, turn: Promise.resolve(), flushing: false, renewing: false, closed: false };
  return {
    append: (text, kept) => {
      const line = Buffer.from(formatLine(text));
      writer.waiting.push({ line, kept });
      writer.waitingBytes += line.length;
      scheduleFlush(writer);
    },
    read: (act) => inTurn(writer, () => act((at, bytes) => readAt(writer.handle, at, bytes))),
    rewrite: (lines, placed) => rewrite(writer, lines, placed),
    renew: (lines, placed) => renew(writer, lines, placed),
    bytes: () => writer.size,
    waitingBytes: () => writer.waitingBytes,
    close: () => close(writer),
  };
};

const inTurn = <T>(writer: Writer, act: () => Promise<T>): Promise<T> => {
  const mine = writer.turn.then(act);
  writer.turn = mine.then(
    () => undefined,
    () => undefined,
  );
  return mine;
};

const flush = async (writer: Writer): Promise<void> => {
  const { handle, options } = writer;
  const batch = writer.waiting;
  writer.flushing = false;
  writer.waiting = [];
  const bytes = Buffer.concat(batch.map(({ line }) => line));
  try {
    await writeAt(handle, bytes, writer.size);
    if (options.sync) await handle.datasync();
  } catch (error) {
    writer.waiting = [...batch, ...writer.waiting];
    options.troubled?.(error);
    throw error;
  }
  writer.waitingBytes -= bytes.length;
  for (const { line, kept } of batch) {
    const at = writer.size;
    writer.size += line.length;
    kept?.(at);
  }
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

const rewrite = (writer: Writer, lines: Lines, placed?: Placed): Promise<void> =>
  inTurn(writer, async () => {
    const former = writer.handle;
    const fresh = await replaceFile(
      writer.options.path,
      lines((at, bytes) => readAt(former, at, bytes)),
    );
    writer.handle = fresh.handle;
    writer.size = fresh.bytes;
    placed?.(fresh.at);
    await former.close();
  });

const renew = (writer: Writer, lines: Lines, placed?: Placed): void => {
  if (writer.renewing || writer.closed) return;
  writer.renewing = true;
  void rewrite(writer, lines, placed)
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

const believe = async (handle: FileHandle, found: TakeLine): Promise<number> => {
  try {
    const wholeBytes = await parseLines(readPieces(handle), found);
    await handle.truncate(wholeBytes);
    return wholeBytes;
  } catch (error) {
    await handle.close();
    throw error;
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
const replaceFile = async (path: string, lines: Iterable<string> | AsyncIterable<string>): Promise<{ handle: FileHandle; bytes: number; at: number[] }> => {
  const handle = await open(`${path}.new`, constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC, 0o600);
  try {
    const written = await writeLines(handle, lines);
    await handle.sync();
    await rename(`${path}.new`, path);
    await syncFolder(dirname(path));
    return { handle, ...written };
  } catch (error) {
    await handle.close();
    throw error;
  }
};

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

const batchBytes = 256 * 1_024;

const writeLines = async (handle: FileHandle, lines: Iterable<string> | AsyncIterable<string>): Promise<{ bytes: number; at: number[] }> => {
  const at: number[] = [];
  let [bytes, written] = [0, 0];
  let batch: Buffer[] = [];
  const write = async (): Promise<void> => {
    await writeAt(handle, Buffer.concat(batch), written);
    written = bytes;
    batch = [];
  };
  for await (const text of lines) {
    const line = Buffer.from(formatLine(text));
    at.push(bytes);
    batch.push(line);
    bytes += line.length;
    if (bytes - written > batchBytes) await write();
  }
  await write();
  return { bytes, at };
};
