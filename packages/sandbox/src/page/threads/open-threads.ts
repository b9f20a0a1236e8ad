import type { WireMessage } from '../../wire/stanzas.ts';
import type { Directory } from '../directory/open-directory.ts';
import type { Collection } from '../models/collection.ts';
import type { ChatModel } from '../models/chat.ts';
import { MsgModel } from '../models/msg.ts';
import type { KeptMessage, Storage } from '../storage/open-storage.ts';
import { openBatch, type Batch } from './open-batch.ts';
import { openMemory } from './open-memory.ts';
import { openRows } from './open-rows.ts';

export interface Threads {
  /** Takes the newest messages of each chat into memory. */
  load: (perChat: number) => Promise<void>;
  /** All changes go through here, one after another: written first, told afterwards. */
  keep: (work: (batch: Batch) => Promise<void>) => Promise<void>;
  /** Shows a kept message: its model is made or brought up to date. `isNew` makes the listeners hear of it. */
  show: (kept: KeptMessage, isNew: boolean) => MsgModel;
  inMemory: (kept: KeptMessage) => MsgModel | undefined;
  forget: (kept: KeptMessage) => void;
  fetch: (keys: readonly string[]) => Promise<MsgModel[]>;
  /** The page of messages above what is in memory; empty at the top. */
  earlier: (chat: ChatModel, count: number) => Promise<MsgModel[]>;
  kept: (msg: MsgModel) => Promise<KeptMessage | undefined>;
  search: (query: string, options: { page: number; count: number; chat?: string }) => Promise<MsgModel[]>;
}

interface ThreadsOptions {
  storage: Storage;
  messages: Collection<MsgModel>;
  directory: Directory;
  deaf: () => boolean;
}

export const openThreads = async ({ storage, messages, directory, deaf }: ThreadsOptions): Promise<Threads> => {
  const rows = openRows(await storage.lastRow());
  let last: Promise<void> = Promise.resolve();

  const keep = (work: (batch: Batch) => Promise<void>): Promise<void> => {
    const task = last.then(async () => {
      const { batch, commit } = openBatch(storage, rows);
      await work(batch);
      await commit();
    });
    last = task.catch(reportError);
    return task;
  };

  const { show, forget } = openMemory({ messages, directory, deaf });

  return {
    keep,
    show,
    inMemory: (kept) => messages.get(kept.key),
    forget,
    load: async (perChat) => {
      const found = await Promise.all(directory.chatIds().map((chat) => storage.messagesBefore(chat, Infinity, perChat)));
      for (const kept of found.flat().toSorted((a, b) => a.row - b.row)) show(kept, false);
    },
    fetch: async (keys) => {
      const found = await Promise.all(keys.map(async (key) => messages.get(key) ?? (await storage.get('messages', key))));
      return found.filter((one) => one !== undefined).map((one) => (one instanceof MsgModel ? one : show(one, false)));
    },
    earlier: async (chat, count) => {
      const rows = chat.msgs.getModelsArray().map((msg) => msg.rowId ?? Infinity);
      const above = await storage.messagesBefore(chat.id.toString(), Math.min(Infinity, ...rows), count);
      return above.map((kept) => show(kept, false));
    },
    kept: (msg) => storage.get('messages', msg.id.toString()),
    search: async (query, { page, count, chat }) => {
      const wanted = query.toLowerCase();
      const all = (await storage.all('messages')).filter((kept) => (chat === undefined || kept.chat === chat) && matches(kept.message, wanted));
      return all
        .toSorted((a, b) => b.row - a.row)
        .slice((page - 1) * count, page * count)
        .map((kept) => show(kept, false));
    },
  };
};

const matches = (message: WireMessage, query: string): boolean => {
  const { content } = message;
  const said = content.kind === 'text' ? content.text : 'caption' in content ? (content.caption ?? '') : '';
  return said.toLowerCase().includes(query);
};
