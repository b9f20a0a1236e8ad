/** What stands in a list: its load must not change meanwhile. */
export interface Loaded {
  id: string;
  load: number;
}

/** Nodes in the order of their load, the least first. */
export interface NodeList<Node extends Loaded> {
  put: (record: Node) => void;
  take: (record: Node) => void;
  /** The least loaded that passes. */
  find: (passes: (record: Node) => boolean) => Node | undefined;
  heaviestFirst: () => Node[];
  size: () => number;
}

/**
 * A sorted array: finding the least loaded that *fits* walks in order, which a heap cannot; and to shift half of a
 * thousand pointers takes less than a comparison tree's bookkeeping.
 */
export const openNodeList = <Node extends Loaded>(): NodeList<Node> => {
  const records: Node[] = [];
  const placeOf = (wanted: Node): number => {
    let low = 0;
    let high = records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const record = records[middle];
      if (record !== undefined && comesBefore(record, wanted)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    put: (record) => void records.splice(placeOf(record), 0, record),
    take: (record) => {
      const at = placeOf(record);
      if (records[at] === record) records.splice(at, 1);
    },
    find: (passes) => {
      for (const record of records) if (passes(record)) return record;
      return undefined;
    },
    heaviestFirst: () => records.toReversed(),
    size: () => records.length,
  };
};

const comesBefore = (a: Loaded, b: Loaded): boolean => a.load < b.load || (a.load === b.load && a.id < b.id);
