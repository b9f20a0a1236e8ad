/**
 * The page's own order of messages. WhatsApp's clock has seconds only, and history comes after what is newer; so a
 * row is the second with room behind it. What comes live is never before what came live earlier, and what comes as
 * history, newest first, is above everything that its chat has.
 */
export interface Rows {
  next: (at: number) => number;
  /** `top` is the lowest row that the chat has, if it has any. */
  past: (at: number, top: number) => number;
}

const room = 100_000;

export const openRows = (lastRow: number): Rows => {
  let last = lastRow;
  return {
    next: (at) => (last = Math.max(last + 1, at * room)),
    past: (at, top) => {
      const row = Math.min(at * room + room - 1, top - 1);
      last = Math.max(last, row);
      return row;
    },
  };
};
