/**
 * The page's own order of messages. WhatsApp's clock has seconds only, and history comes after what is newer; so a
 * row is the second with room behind it, and what comes live is never before what came live earlier.
 */
export interface Rows {
  next: (at: number) => number;
  past: (at: number) => number;
}

const room = 100_000;

export const openRows = (lastRow: number): Rows => {
  let last = lastRow;
  let past = { at: 0, count: 0 };
  return {
    next: (at) => (last = Math.max(last + 1, at * room)),
    past: (at) => {
      past = { at, count: past.at === at ? past.count + 1 : 0 };
      return at * room + past.count;
    },
  };
};
