/** What is in it stands in order all the time. Nothing that the order goes by may change while a thing stands in it. */
export interface OrderedList<Thing> {
  put: (thing: Thing) => void;
  take: (thing: Thing) => void;
  /** The first that passes. */
  find: (passes: (thing: Thing) => boolean) => Thing | undefined;
  lastFirst: () => Thing[];
  size: () => number;
}

/**
 * A sorted array: to find the first that *passes* it is walked in order, which a heap cannot; and to shift half of a
 * thousand pointers takes less than a tree's bookkeeping.
 */
export const openOrderedList = <Thing>(comesBefore: (a: Thing, b: Thing) => boolean): OrderedList<Thing> => {
  const things: Thing[] = [];
  const placeOf = (wanted: Thing): number => {
    let low = 0;
    let high = things.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const thing = things[middle];
      if (thing !== undefined && comesBefore(thing, wanted)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    put: (thing) => void things.splice(placeOf(thing), 0, thing),
    take: (thing) => {
      const at = placeOf(thing);
      if (things[at] === thing) things.splice(at, 1);
    },
    find: (passes) => {
      for (const thing of things) if (passes(thing)) return thing;
      return undefined;
    },
    lastFirst: () => things.toReversed(),
    size: () => things.length,
  };
};
