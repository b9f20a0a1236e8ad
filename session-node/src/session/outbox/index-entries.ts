/** Where an entry stands in the file, and when it was told. */
export interface Place {
  at: number;
  bytes: number;
  toldAt: number;
}

/** Places of entries whose numbers follow one another: sixteen bytes each, whatever the entries hold. */
export interface EntryIndex {
  /** The number of the first one. */
  first: () => number;
  count: () => number;
  push: (place: Place) => void;
  /** Absent where there is none of this number. */
  find: (seq: number) => Place | undefined;
  /** Forgets all through this one; answers with their bytes. */
  drop: (throughSeq: number) => number;
  /** It stands elsewhere now; nothing where it is forgotten. */
  move: (seq: number, at: number) => void;
  heldBytes: () => number;
}

const spare = 1_024;

export const indexEntries = (firstSeq: number): EntryIndex => {
  let first = firstSeq;
  let [begin, end] = [0, 0];
  let at = new Float64Array(spare);
  let bytes = new Uint32Array(spare);
  let toldAt = new Uint32Array(spare);
  /** Room for more at the end, and none kept for what is gone. */
  const fit = (): void => {
    const capacity = Math.max(spare, (end - begin) * 2);
    const [olderAt, olderBytes, olderTold] = [at, bytes, toldAt];
    [at, bytes, toldAt] = [new Float64Array(capacity), new Uint32Array(capacity), new Uint32Array(capacity)];
    at.set(olderAt.subarray(begin, end));
    bytes.set(olderBytes.subarray(begin, end));
    toldAt.set(olderTold.subarray(begin, end));
    [begin, end] = [0, end - begin];
  };
  return {
    first: () => first,
    count: () => end - begin,
    push: (place) => {
      if (end === at.length) fit();
      at[end] = place.at;
      bytes[end] = place.bytes;
      toldAt[end] = Math.floor(place.toldAt / 1_000);
      end += 1;
    },
    find: (seq) => {
      const place = begin + seq - first;
      if (seq < first || place >= end) return undefined;
      return { at: at[place] ?? 0, bytes: bytes[place] ?? 0, toldAt: (toldAt[place] ?? 0) * 1_000 };
    },
    drop: (throughSeq) => {
      const count = Math.max(0, Math.min(throughSeq - first + 1, end - begin));
      const gone = bytes.subarray(begin, begin + count).reduce((sum, one) => sum + one, 0);
      begin += count;
      first += count;
      if (begin > spare && begin > (end - begin) * 2) fit();
      return gone;
    },
    move: (seq, place) => {
      if (seq >= first && begin + seq - first < end) at[begin + seq - first] = place;
    },
    heldBytes: () => at.byteLength + bytes.byteLength + toldAt.byteLength,
  };
};
