import { crc32 } from 'node:zlib';

const newline = 0x0a;
const sumLength = 8;

const sumOf = (text: string | Uint8Array): string => crc32(text).toString(16).padStart(sumLength, '0');

/** One line: the checksum of what follows it, then that. */
export const formatLine = (text: string): string => `${sumOf(text)} ${text}\n`;

/**
 * The whole lines of a file, up to the first that is not: a process that was killed leaves half a line at the end, a
 * machine that lost its power perhaps zeros.
 */
export const parseLines = (bytes: Buffer): { texts: string[]; wholeBytes: number } => {
  const texts: string[] = [];
  let start = 0;
  for (let end = bytes.indexOf(newline, start); end !== -1; end = bytes.indexOf(newline, start)) {
    const text = bytes.subarray(start + sumLength + 1, end);
    if (bytes.toString('latin1', start, start + sumLength) !== sumOf(text) || bytes[start + sumLength] !== 0x20) break;
    texts.push(text.toString('utf8'));
    start = end + 1;
  }
  return { texts, wholeBytes: start };
};
