import type { WireKey, WireMessage } from '../../wire/stanzas.ts';
import { MsgKey } from '../ids/msg-key.ts';
import type { KeptMessage, Storage, Write } from '../storage/open-storage.ts';
import { openLookup } from './open-lookup.ts';
import type { Rows } from './open-rows.ts';

/** Changes that are kept together, and what is told once they are. */
export interface Batch {
  /** Looks many up at once, before each is asked for. */
  meet: (ids: readonly string[]) => Promise<void>;
  find: (key: WireKey) => Promise<KeptMessage | undefined>;
  /** Keeps a message; whether it was unknown. */
  put: (message: WireMessage, from?: 'history') => Promise<{ kept: KeptMessage; isNew: boolean }>;
  /** Changes a message that is known; nothing otherwise. */
  change: (key: WireKey, change: (message: WireMessage) => WireMessage) => Promise<KeptMessage | undefined>;
  /** Own messages of a chat by their ids: receipts name no keys. */
  changeSent: (chat: string, ids: readonly string[], change: (message: WireMessage) => WireMessage) => Promise<KeptMessage[]>;
  drop: (kept: KeptMessage) => void;
  write: (write: Write) => void;
  after: (effect: () => void) => void;
}

export interface OpenedBatch {
  batch: Batch;
  /** Writes everything in one transaction, then tells. */
  commit: () => Promise<void>;
}

export const openBatch = (storage: Storage, rows: Rows): OpenedBatch => {
  const lookup = openLookup(storage);
  const { meet, find, keep, drop } = lookup;
  const writes: Write[] = [];
  const effects: (() => void)[] = [];
  const tops = openTops(storage);

  const batch: Batch = {
    meet,
    find,
    put: async (message, from) => {
      const known = await find(message.key);
      if (known !== undefined) return { kept: known, isNew: false };
      const key = MsgKey.fromWire(message.key).toString();
      const { chat, id } = message.key;
      const row = from === 'history' ? rows.past(message.at, await tops.find(chat)) : rows.next(message.at);
      tops.meet(chat, row);
      return { kept: keep({ key, chat, row, id, message }, message), isNew: true };
    },
    change: async (key, change) => {
      const known = await find(key);
      return known === undefined ? undefined : keep(known, change(known.message));
    },
    changeSent: async (chat, ids, change) => {
      const changed: KeptMessage[] = [];
      for (const id of ids) {
        const known = (await lookup.load(`true_${chat}_${id}`)) ?? (await lookup.loadById(id, { chat, fromMe: true }));
        if (known !== undefined) changed.push(keep(known, change(known.message)));
      }
      return changed;
    },
    drop,
    write: (write) => void writes.push(write),
    after: (effect) => void effects.push(effect),
  };
  const commit = async (): Promise<void> => {
    const { put, remove } = lookup.changes();
    await storage.write([...put.map((kept): Write => ({ store: 'messages', put: kept })), ...remove.map((key): Write => ({ store: 'messages', remove: key })), ...writes]);
    for (const effect of effects) effect();
  };
  return { batch, commit };
};

/** The lowest row of each chat, with what a batch has met of it. */
const openTops = (storage: Storage): { find: (chat: string) => Promise<number>; meet: (chat: string, row: number) => void } => {
  const tops = new Map<string, number>();
  const searched = new Set<string>();
  return {
    find: async (chat) => {
      if (!searched.has(chat)) {
        searched.add(chat);
        tops.set(chat, Math.min(tops.get(chat) ?? Infinity, (await storage.oldestMessage(chat))?.row ?? Infinity));
      }
      return tops.get(chat) ?? Infinity;
    },
    meet: (chat, row) => void tops.set(chat, Math.min(tops.get(chat) ?? row, row)),
  };
};
