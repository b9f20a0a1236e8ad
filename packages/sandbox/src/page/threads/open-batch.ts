import type { WireKey, WireMessage } from '../../wire/stanzas.ts';
import { MsgKey } from '../ids/msg-key.ts';
import type { KeptMessage, Storage, Write } from '../storage/open-storage.ts';
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
  const touched = new Map<string, KeptMessage>();
  const touchedById = new Map<string, KeptMessage[]>();
  const dropped = new Set<string>();
  const writes: Write[] = [];
  const effects: (() => void)[] = [];

  /** What storage holds under the ids that were looked up beforehand. */
  const met = new Map<string, KeptMessage[]>();
  const stored = async (id: string): Promise<KeptMessage[]> => met.get(id) ?? storage.messagesById(id);
  const load = async (key: string, id?: string): Promise<KeptMessage | undefined> => {
    if (dropped.has(key)) return undefined;
    return touched.get(key) ?? (id !== undefined && met.has(id) ? met.get(id)?.find((kept) => kept.key === key) : storage.get('messages', key));
  };
  const sameSide = (kept: KeptMessage, { chat, fromMe }: { chat: string; fromMe: boolean }): boolean => kept.chat === chat && kept.message.key.fromMe === fromMe;
  const loadById = async (id: string, side: { chat: string; fromMe: boolean }): Promise<KeptMessage | undefined> => {
    const inBatch = touchedById.get(id)?.find((kept) => sameSide(kept, side));
    return (inBatch === undefined ? undefined : touched.get(inBatch.key)) ?? (await stored(id)).find((kept) => sameSide(kept, side) && !dropped.has(kept.key));
  };
  // The participant of an own message in a group may be written by either of one's addresses.
  const find = async (key: WireKey): Promise<KeptMessage | undefined> => (await load(MsgKey.fromWire(key).toString(), key.id)) ?? loadById(key.id, key);
  const keep = (kept: KeptMessage, message: WireMessage): KeptMessage => {
    const changed = { ...kept, message };
    if (!touched.has(kept.key)) touchedById.set(kept.id, [...(touchedById.get(kept.id) ?? []), changed]);
    touched.set(kept.key, changed);
    return changed;
  };

  /** The lowest row of each chat that this batch has met. */
  const tops = new Map<string, number>();
  const searched = new Set<string>();
  const findTop = async (chat: string): Promise<number> => {
    if (!searched.has(chat)) {
      searched.add(chat);
      tops.set(chat, Math.min(tops.get(chat) ?? Infinity, (await storage.oldestMessage(chat))?.row ?? Infinity));
    }
    return tops.get(chat) ?? Infinity;
  };

  const batch: Batch = {
    meet: async (ids) => {
      const found = await storage.messagesByIds(ids);
      for (const [index, id] of ids.entries()) met.set(id, found[index] ?? []);
    },
    find,
    put: async (message, from) => {
      const known = await find(message.key);
      if (known !== undefined) return { kept: known, isNew: false };
      const key = MsgKey.fromWire(message.key).toString();
      dropped.delete(key);
      const { chat, id } = message.key;
      const row = from === 'history' ? rows.past(message.at, await findTop(chat)) : rows.next(message.at);
      tops.set(chat, Math.min(tops.get(chat) ?? row, row));
      return { kept: keep({ key, chat, row, id, message }, message), isNew: true };
    },
    change: async (key, change) => {
      const known = await find(key);
      return known === undefined ? undefined : keep(known, change(known.message));
    },
    changeSent: async (chat, ids, change) => {
      const changed: KeptMessage[] = [];
      for (const id of ids) {
        const known = (await load(`true_${chat}_${id}`)) ?? (await loadById(id, { chat, fromMe: true }));
        if (known !== undefined) changed.push(keep(known, change(known.message)));
      }
      return changed;
    },
    drop: ({ key }) => {
      touched.delete(key);
      dropped.add(key);
    },
    write: (write) => void writes.push(write),
    after: (effect) => void effects.push(effect),
  };
  const commit = async (): Promise<void> => {
    const messages: Write[] = [...[...touched.values()].map((put): Write => ({ store: 'messages', put })), ...[...dropped].map((remove): Write => ({ store: 'messages', remove }))];
    await storage.write([...messages, ...writes]);
    for (const effect of effects) effect();
  };
  return { batch, commit };
};
