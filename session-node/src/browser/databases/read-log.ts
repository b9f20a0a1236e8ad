import { crc32c } from './crc32c.ts';

/**
 * LevelDB's log, the form of its newest writes and of its list of tables: blocks of 32 KB with records in them, each
 * behind a checksum, its length and which part of an entry it is.
 */
const blockBytes = 32_768;
const headBytes = 7;
const whole = 1;
const last = 4;

export interface ReadLog {
  entries: Buffer[];
  /** A record that is there in full is not what was written. One that is cut off at the end is what a killed writer leaves. */
  isDamaged: boolean;
}

export const readLog = (bytes: Buffer): ReadLog => {
  const entries: Buffer[] = [];
  let parts: Buffer[] = [];
  for (let at = 0; at + headBytes <= bytes.length; ) {
    const left = blockBytes - (at % blockBytes);
    if (left < headBytes) {
      at += left;
      continue;
    }
    const length = bytes.readUInt16LE(at + 4);
    const type = bytes.readUInt8(at + 6);
    const end = at + headBytes + length;
    // Room that was made and not written in yet.
    if (type === 0 && length === 0) break;
    if (end > bytes.length) break;
    if (type > last || headBytes + length > left || unmask(bytes.readUInt32LE(at)) !== crc32c(bytes.subarray(at + 6, end))) return { entries, isDamaged: true };
    parts = type === whole || type === 2 ? [] : parts;
    parts.push(bytes.subarray(at + headBytes, end));
    if (type === whole || type === last) entries.push(Buffer.concat(parts));
    at = end;
  }
  return { entries, isDamaged: false };
};

/** A checksum over checksums would be weak, so they are stored turned. */
const unmask = (masked: number): number => {
  const turned = (masked - 0xa282ead8) >>> 0;
  return ((turned >>> 17) | (turned << 15)) >>> 0;
};
