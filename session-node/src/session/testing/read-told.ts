import { readFileSync } from 'node:fs';
import type { SessionEvent } from '@waxos/contract/node-link/events';
import { readLine } from '../files/parse-lines.ts';
import { findEntries, parseEntry } from '../outbox/read-outbox.ts';

/** What an outbox has on the disk at this moment, and the gateway has not acknowledged. */
export const readTold = (path: string): SessionEvent[] => {
  const bytes = readFileSync(path);
  const entries = findEntries();
  const texts = new Map<number, string>();
  for (let [start, end] = [0, bytes.indexOf(0x0a)]; end !== -1; [start, end] = [end + 1, bytes.indexOf(0x0a, end + 1)]) {
    const text = readLine(bytes.subarray(start, end));
    if (text === undefined) break;
    texts.set(start, text);
    entries.take(text, { at: start, bytes: end + 1 - start });
  }
  return entries.found().places.map(({ at }) => parseEntry(texts.get(at) ?? '').event);
};
