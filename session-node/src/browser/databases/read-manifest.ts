/** What a LevelDB's list of tables says is there now. */
export interface Manifest {
  /** Bytes by number. */
  tables: Map<number, number>;
  /** Logs from this number on hold what is in no table yet. */
  log: number;
}

/** Throws where an entry is none. */
export const readManifest = (entries: readonly Buffer[]): Manifest => {
  const manifest: Manifest = { tables: new Map(), log: 0 };
  for (const entry of entries) {
    const read = openReader(entry);
    while (!read.isAtEnd()) readField(read, manifest);
  }
  return manifest;
};

const readField = (read: Reader, manifest: Manifest): void => {
  const field = read.number();
  switch (field) {
    case 1: // comparator
      return read.skip();
    case 2:
      manifest.log = read.number();
      return;
    case 3: // next file
    case 4: // last sequence
    case 9: // previous log
      return void read.number();
    case 5: // where to compact next: level, key
      read.number();
      return read.skip();
    case 6: // removed: level, number
      read.number();
      manifest.tables.delete(read.number());
      return;
    case 7: {
      // added: level, number, bytes, smallest and largest key
      read.number();
      const number = read.number();
      manifest.tables.set(number, read.number());
      read.skip();
      return read.skip();
    }
    default:
      throw new Error(`There is no field ${field}.`);
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
      const byte = bytes.readUInt8(at);
      at += 1;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
  };
  return {
    number,
    skip: () => {
      at += number();
    },
    isAtEnd: () => at >= bytes.length,
  };
};
