/**
 * Live heap of the kinds that WhatsApp's page holds: records with short strings, listeners as closures, maps by id.
 * Measured in Chromium 156 after a forced GC: together with the script of /heavy.js and the page itself some 35 MB.
 */
interface Held {
  id: string;
  kind: string;
  at: number;
  body: string;
  tags: string[];
  listeners: Map<string, () => string>;
}

const recordCount = 54_000;
const recordsATurn = 2_000;

const held = new Map<string, Held>();

const makeRecord = (n: number): Held => {
  const id = `false_${5_510_000_000 + n}@c.us_3EB0${n.toString(16).padStart(18, '0')}`;
  return {
    id,
    kind: n % 5 === 0 ? 'image' : 'chat',
    at: 1_700_000_000 + n,
    // A string of its own, not a view into another one.
    body: Array.from({ length: 24 }, (_none, at) => ((n * 31 + at * 7) % 4_096).toString(36)).join(' '),
    tags: [`chat${n % 700}`, `person${n % 3_000}`],
    listeners: new Map([['change', () => id]]),
  };
};

/** In turns, so that the page answers meanwhile. */
export const growHeap = async (): Promise<void> => {
  while (held.size < recordCount) {
    const from = held.size;
    for (let n = from; n < Math.min(recordCount, from + recordsATurn); n += 1) held.set(String(n), makeRecord(n));
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
};
