import type { ReadBytes } from '../files/open-line-file.ts';
import { readLine } from '../files/parse-lines.ts';
import type { EntryIndex } from './index-entries.ts';
import { formatEntry, parseEntry, type Entry } from './read-outbox.ts';

interface Span {
  from: number;
  through: number;
}

/** The entries of these numbers as they stand in the file; those that are forgotten by now are left out. */
export const readKept = async (index: EntryIndex, readBytes: ReadBytes, span: Span): Promise<Entry[]> => (await readTexts(index, readBytes, span)).map(({ text }) => parseEntry(text));

const readTexts = async (index: EntryIndex, readBytes: ReadBytes, { from, through }: Span): Promise<{ seq: number; text: string }[]> => {
  const numbers = Array.from({ length: Math.max(0, through - from + 1) }, (_, offset) => from + offset);
  const places = numbers.flatMap((seq) => {
    const place = index.find(seq);
    return place === undefined ? [] : [{ seq, ...place }];
  });
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined) return [];
  const bytes = await readBytes(first.at, last.at + last.bytes - first.at);
  return places.map(({ seq, at, bytes: length, toldAt }) => ({ seq, text: readLine(bytes.subarray(at - first.at, at - first.at + length - 1)) ?? formatEntry(lost(seq, toldAt)) }));
};

/** The disk has changed what was written: whoever waits for this number learns when something is missing. */
const lost = (seq: number, toldAt: number): Entry => ({ seq, at: toldAt, event: { type: 'gap.found', from: Math.floor(toldAt / 1_000), to: Math.ceil(toldAt / 1_000) + 1 } });

const pieceEntries = 500;

/** All from this number on, some at a time. */
export async function* readOn(index: EntryIndex, readBytes: ReadBytes, { from, through }: Span): AsyncGenerator<{ seq: number; text: string }> {
  for (let next = from; next <= through; next += pieceEntries) yield* await readTexts(index, readBytes, { from: next, through: Math.min(through, next + pieceEntries - 1) });
}
