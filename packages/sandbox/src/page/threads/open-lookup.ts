import type { WireKey, WireMessage } from '../../wire/stanzas.ts';
import { MsgKey } from '../ids/msg-key.ts';
import type { KeptMessage, Storage } from '../storage/open-storage.ts';

interface Side {
  chat: string;
  fromMe: boolean;
}

/** Messages as a batch sees them: its own changes over what is stored. */
export interface Lookup {
  /** Looks these ids up together, since more are asked for than one. */
  meet: (ids: readonly string[]) => Promise<void>;
  load: (key: string) => Promise<KeptMessage | undefined>;
  loadById: (id: string, side: Side) => Promise<KeptMessage | undefined>;
  find: (key: WireKey) => Promise<KeptMessage | undefined>;
  keep: (kept: KeptMessage, message: WireMessage) => KeptMessage;
  drop: (kept: KeptMessage) => void;
  changes: () => { put: KeptMessage[]; remove: string[] };
}

export const openLookup = (storage: Storage): Lookup => {
  const touched = new Map<string, KeptMessage>();
  const touchedById = new Map<string, Set<string>>();
  const dropped = new Set<string>();
  /** What storage holds under the ids that were looked up beforehand. */
  const met = new Map<string, KeptMessage[]>();

  const load = async (key: string): Promise<KeptMessage | undefined> => (dropped.has(key) ? undefined : (touched.get(key) ?? (await storage.get('messages', key))));
  const isOn = (kept: KeptMessage, { chat, fromMe }: Side): boolean => kept.chat === chat && kept.message.key.fromMe === fromMe;
  const loadById = async (id: string, side: Side): Promise<KeptMessage | undefined> => {
    const inBatch = [...(touchedById.get(id) ?? [])].flatMap((key) => touched.get(key) ?? []).find((kept) => isOn(kept, side));
    return inBatch ?? (met.get(id) ?? (await storage.messagesById(id))).find((kept) => isOn(kept, side) && !dropped.has(kept.key));
  };
  return {
    load,
    loadById,
    meet: async (ids) => {
      const found = await storage.messagesByIds(ids);
      for (const [index, id] of ids.entries()) met.set(id, found[index] ?? []);
    },
    // The participant of an own message in a group may be written by either of one's addresses.
    find: async (key) => touched.get(MsgKey.fromWire(key).toString()) ?? loadById(key.id, key),
    keep: (kept, message) => {
      const changed = { ...kept, message };
      touchedById.set(kept.id, (touchedById.get(kept.id) ?? new Set()).add(kept.key));
      touched.set(kept.key, changed);
      dropped.delete(kept.key);
      return changed;
    },
    drop: ({ key }) => {
      touched.delete(key);
      dropped.add(key);
    },
    changes: () => ({ put: [...touched.values()], remove: [...dropped] }),
  };
};
