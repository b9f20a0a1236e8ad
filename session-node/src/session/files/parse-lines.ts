import { crc32 } from 'node:zlib';

const newline = 0x0a;
const sumLength = 8;

const sumOf = (text: string | Uint8Array): string => crc32(text).toString(16).padStart(sumLength, '0');

/** One line: the checksum of what follows it, then that. */
export const formatLine = (text: string): string => `${sumOf(text)} ${text}\n`;

/** A line without its end; undefined where it is not what was written. */
export const readLine = (line: Buffer): string | undefined => {
  const text = line.subarray(sumLength + 1);
  return line.toString('latin1', 0, sumLength) === sumOf(text) && line[sumLength] === 0x20 ? text.toString('utf8') : undefined;
};

export type TakeLine = (text: string, place: { at: number; bytes: number }) => void;

/** Longer is no line of ours: what has no end within it ends what is believed. */
const lineBytesMax = 16 * 1_024 * 1_024;

/**
 * The whole lines of a file, a piece at a time, up to the first that is not: a process that was killed leaves half a
 * line at the end, a machine that lost its power perhaps zeros. Answers with how many bytes are believed.
 */
export const parseLines = async (pieces: AsyncIterable<Buffer>, take: TakeLine): Promise<number> => {
  let at = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let start = 0;
    for (let end = bytes.indexOf(newline, start); end !== -1; end = bytes.indexOf(newline, start)) {
      const text = readLine(bytes.subarray(start, end));
      if (text === undefined) return at;
      take(text, { at, bytes: end + 1 - start });
      at += end + 1 - start;
      start = end + 1;
    }
    rest = bytes.subarray(start);
    if (rest.length > lineBytesMax) return at;
  }
  return at;
};
