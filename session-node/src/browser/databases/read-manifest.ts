/** What a LevelDB's list of tables says is there now. */
export interface Manifest {
  /** Bytes by number. */
  tables: Map<number, number>;
  /** Logs from this number on hold what is in no table yet. */
  log: number;
}

/** Undefined where it holds what is not known here: its checksums are right, so it is no damage. */
export const readManifest = (entries: readonly Buffer[]): Manifest | undefined => {
  const manifest: Manifest = { tables: new Map(), log: 0 };
  for (const entry of entries) {
    const read = openReader(entry);
    while (!read.isAtEnd()) if (!readField(read, manifest)) return undefined;
  }
  return manifest;
};

const readField = (read: Reader, manifest: Manifest): boolean => {
  switch (read.number()) {
    case 1: // comparator
      read.skip();
      return true;
    case 2:
      manifest.log = read.number();
      return true;
    case 3: // next file
    case 4: // last sequence
    case 9: // previous log
      read.number();
      return true;
    case 5: // where to compact next: level, key
      read.number();
      read.skip();
      return true;
    case 6: // removed: level, number
      read.number();
      manifest.tables.delete(read.number());
      return true;
    case 7: {
      // added: level, number, bytes, smallest and largest key
      read.number();
      const number = read.number();
      manifest.tables.set(number, read.number());
      read.skip();
      read.skip();
      return true;
    }
    default:
      return false;
  }
};

interface Reader {
  number: () => number;
  /** Over bytes behind their length. */
  skip: () => void;
  isAtEnd: () => boolean;
}

const openReader = (bytes: Buffer): Reader => {
  let at = 0;
  const number = (): number => {
    let [value, factor] = [0, 1];
    for (;;) {
      // Behind its end it has zeros, which are no field.
      const byte = bytes[at] ?? 0;
      at += 1;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
  };
  return {
    number,
    skip: () => {
      const bytes = number();
      at += bytes;
    },
    isAtEnd: () => at >= bytes.length,
  };
};
