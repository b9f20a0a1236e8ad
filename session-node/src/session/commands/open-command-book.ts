import { z } from 'zod';
import { commandFrameSchema, type CommandFrame } from '@waxos/contract/node-link/frames';
import { sendOutcomeSchema, type SendOutcome } from '@waxos/contract/node-link/events';
import { openLineFile, type LineFile } from '../files/open-line-file.ts';
import type { Time } from '../time.ts';

/**
 * Every command that came, and what came of it, on disk: none is done twice, also after a crash.
 *
 *   taken ──begins──▶ sending ──answered──▶ done(sent | failed)
 *                        └──no answer──▶ checking ──found, or sent again──▶ done(sent | failed | uncertain)
 *
 * What is fetched and did not come is `later`, and tried again when it is due.
 */
const entrySchema = z.object({
  id: z.string(),
  phase: z.enum(['taken', 'sending', 'checking', 'later', 'done']),
  /** When it came, or ended. */
  at: z.number(),
  frame: commandFrameSchema.optional(),
  /** How the browser ended in which it was sent: after a clean end, what is absent was not sent. */
  ended: z.enum(['clean', 'killed']).optional(),
  tries: z.number().int(),
  stranger: z.boolean().optional(),
  result: sendOutcomeSchema.optional(),
  /** Not to be tried again before. */
  due: z.number().optional(),
});
export type CommandEntry = z.infer<typeof entrySchema>;

export interface CommandBook {
  find: (id: string) => CommandEntry | undefined;
  /** Neither done nor put off. */
  open: () => CommandEntry[];
  /** To be tried again. */
  later: () => CommandEntry[];
  /** Messages that went out since then, or may have, for the caps. */
  sentSince: (at: number) => { at: number; stranger: boolean }[];
  add: (frame: CommandFrame) => Promise<CommandEntry>;
  /** Resolves when it is on the disk. */
  put: (entry: CommandEntry) => Promise<void>;
  finish: (entry: CommandEntry, result: SendOutcome | undefined) => Promise<void>;
  /** The browser ended: each message without an answer remembers how. */
  browserEnded: (how: 'clean' | 'killed') => Promise<void>;
  close: () => Promise<void>;
}

/** The gateway does not ask again after so long. */
const rememberedMs = 7 * 24 * 3_600_000;
const spentLinesMax = 5_000;

export const openCommandBook = async ({ path, time }: { path: string; time: Time }): Promise<CommandBook> => {
  const entries = new Map<string, CommandEntry>();
  let lines = 0;
  const found = (line: string): void => {
    const entry = entrySchema.parse(JSON.parse(line));
    entries.set(entry.id, entry);
    lines += 1;
  };
  const file = await openLineFile({ path, time, sync: true, found });
  const now = (): number => time.now().getTime();
  const put = async (entry: CommandEntry): Promise<void> => {
    entries.set(entry.id, entry);
    await appendKept(file, JSON.stringify(entry));
    lines += 1;
    if (lines - entries.size > spentLinesMax) tidy();
  };
  const tidy = (): void => {
    for (const [id, entry] of entries) if (entry.phase === 'done' && entry.at < now() - rememberedMs) entries.delete(id);
    lines = entries.size;
    file.renew(() => [...entries.values()].map((entry) => JSON.stringify(entry)));
  };
  const open = (): CommandEntry[] => [...entries.values()].filter(({ phase }) => phase !== 'done' && phase !== 'later');
  const browserEnded = async (how: 'clean' | 'killed'): Promise<void> => {
    const asked = open().filter(({ phase, ended }) => (phase === 'sending' || phase === 'checking') && ended === undefined);
    await Promise.all(asked.map((entry) => put({ ...entry, phase: 'checking', ended: how })));
  };
  // The node itself died: nobody knows what its browser still wrote.
  await browserEnded('killed');
  return {
    find: (id) => entries.get(id),
    open,
    later: () => [...entries.values()].filter(({ phase }) => phase === 'later'),
    sentSince: (since) => [...entries.values()].flatMap(({ result, at, stranger, tries }) => (tries > 0 && (result?.outcome === 'sent' || result?.outcome === 'uncertain') && at > since ? [{ at, stranger: stranger ?? false }] : [])),
    add: async (frame) => {
      const entry: CommandEntry = { id: frame.id, phase: 'taken', at: now(), frame, tries: 0 };
      await put(entry);
      return entry;
    },
    put,
    finish: ({ id, stranger, tries }, result) => put({ id, phase: 'done', at: now(), tries, ...(stranger === undefined ? {} : { stranger }), ...(result === undefined ? {} : { result }) }),
    browserEnded,
    close: () => file.close(),
  };
};

const appendKept = (file: LineFile, text: string): Promise<void> => new Promise((resolve) => file.append(text, () => resolve()));
