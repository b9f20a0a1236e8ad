/** Of the last things that a page told: how many could not be read. */
export interface Readings {
  readable: () => void;
  /** Whether so many of them could not be read that it is the page, and not a message. */
  unreadable: () => boolean;
  count: () => number;
}

const remembered = 40;
const tooMany = 20;

export const openReadings = (): Readings => {
  const last: boolean[] = [];
  let count = 0;
  const note = (readable: boolean): void => {
    last.push(readable);
    if (last.length > remembered) last.shift();
  };
  return {
    readable: () => note(true),
    unreadable: () => {
      count += 1;
      note(false);
      return last.filter((readable) => !readable).length >= tooMany;
    },
    count: () => count,
  };
};
