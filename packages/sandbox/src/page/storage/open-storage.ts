import type { WireChat, WireContact, WireGroup, WireLabel, WireMessage } from '../../wire/stanzas.ts';

/** A message as the device keeps it. */
export interface KeptMessage {
  /** The key's text. */
  key: string;
  chat: string;
  /** The page's own order: WhatsApp's clock has seconds only. */
  row: number;
  id: string;
  message: WireMessage;
}

interface Rows {
  messages: KeptMessage;
  chats: WireChat;
  contacts: WireContact;
  groups: WireGroup;
  labels: WireLabel;
  /** Anything small, by name. */
  notes: { name: string; value: unknown };
}
export type StoreName = keyof Rows;

export type Write = { [S in StoreName]: { store: S; put: Rows[S] } | { store: S; remove: string } }[StoreName];

export interface Storage {
  get: <S extends StoreName>(store: S, key: string) => Promise<Rows[S] | undefined>;
  all: <S extends StoreName>(store: S) => Promise<Rows[S][]>;
  /** One transaction: all of it or nothing. */
  write: (writes: Write[]) => Promise<void>;
  /** The newest messages of a chat below a row, oldest first. */
  messagesBefore: (chat: string, row: number, count: number) => Promise<KeptMessage[]>;
  oldestMessage: (chat: string) => Promise<KeptMessage | undefined>;
  messagesById: (id: string) => Promise<KeptMessage[]>;
  /** The same for many in one transaction, in the order of the ids. */
  messagesByIds: (ids: readonly string[]) => Promise<KeptMessage[][]>;
  unsent: () => Promise<KeptMessage[]>;
  count: () => Promise<number>;
  lastRow: () => Promise<number>;
  /** Takes all messages of a chat away, but for the starred ones if they are to stay. */
  clear: (chat: string, keepStarred: boolean) => Promise<void>;
  /** Everything, as when a device is logged out. */
  wipe: () => Promise<void>;
}

const databaseName = 'model-storage';
const keyPaths: Record<StoreName, string> = { messages: 'key', chats: 'id', contacts: 'id', groups: 'id', labels: 'id', notes: 'name' };
const names = Object.keys(keyPaths);

/** The device's memory: it lives in the profile folder, so it survives restarts and moves with it. */
export const openStorage = async (): Promise<Storage> => {
  const db = await openDatabase();
  const reading = (store: StoreName): IDBObjectStore => db.transaction(store, 'readonly').objectStore(store);
  return {
    get: async (store, key) => answer(reading(store).get(key)),
    all: async (store) => answer(reading(store).getAll()),
    write: (writes) => writeAll(db, writes),
    messagesBefore: async (chat, row, count) => {
      const range = IDBKeyRange.bound([chat, -Infinity], [chat, row], false, true);
      return (await collect<KeptMessage>(reading('messages').index('byChat').openCursor(range, 'prev'), count)).toReversed();
    },
    oldestMessage: async (chat) => (await collect<KeptMessage>(reading('messages').index('byChat').openCursor(IDBKeyRange.bound([chat, -Infinity], [chat, Infinity])), 1))[0],
    messagesById: async (id) => answer<KeptMessage[]>(reading('messages').index('byId').getAll(id)),
    messagesByIds: async (ids) => {
      const index = reading('messages').index('byId');
      return Promise.all(ids.map((id) => answer<KeptMessage[]>(index.getAll(id))));
    },
    unsent: async () => (await answer<KeptMessage[]>(reading('messages').index('byAck').getAll(0))).toSorted((a, b) => a.row - b.row),
    count: async () => answer(reading('messages').count()),
    lastRow: async () => (await collect<KeptMessage>(reading('messages').index('byRow').openCursor(null, 'prev'), 1))[0]?.row ?? 0,
    clear: (chat, keepStarred) => clearChat(db, chat, keepStarred),
    wipe: async () => {
      const transaction = db.transaction(names, 'readwrite');
      for (const store of names) transaction.objectStore(store).clear();
      await ended(transaction);
    },
  };
};

const openDatabase = async (): Promise<IDBDatabase> => {
  const request = indexedDB.open(databaseName, 1);
  request.addEventListener('upgradeneeded', () => {
    for (const [store, keyPath] of Object.entries(keyPaths)) request.result.createObjectStore(store, { keyPath });
    const messages = request.transaction?.objectStore('messages');
    messages?.createIndex('byChat', ['chat', 'row']);
    messages?.createIndex('byId', 'id');
    messages?.createIndex('byRow', 'row');
    messages?.createIndex('byAck', 'message.ack');
  });
  return answer(request);
};

/** IndexedDB knows no types: what comes out is what was put in under the same name. */
const answer = <T>(request: IDBRequest): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result as T));
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')));
  });

const collect = <T>(request: IDBRequest<IDBCursorWithValue | null>, count: number): Promise<T[]> =>
  new Promise((resolve, reject) => {
    const found: T[] = [];
    request.addEventListener('success', () => {
      const cursor = request.result;
      if (cursor === null || found.length >= count) return resolve(found);
      found.push(cursor.value as T);
      cursor.continue();
    });
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')));
  });

const ended = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('IndexedDB gave the transaction up')));
  });

const writeAll = async (db: IDBDatabase, writes: Write[]): Promise<void> => {
  if (writes.length === 0) return;
  const transaction = db.transaction(names, 'readwrite');
  for (const write of writes) {
    if ('put' in write) transaction.objectStore(write.store).put(write.put);
    else transaction.objectStore(write.store).delete(write.remove);
  }
  await ended(transaction);
};

const clearChat = async (db: IDBDatabase, chat: string, keepStarred: boolean): Promise<void> => {
  const transaction = db.transaction('messages', 'readwrite');
  const request = transaction.objectStore('messages').index('byChat').openCursor(IDBKeyRange.bound([chat, -Infinity], [chat, Infinity]));
  request.addEventListener('success', () => {
    const cursor = request.result;
    if (cursor === null) return;
    const kept = cursor.value as KeptMessage;
    if (!keepStarred || kept.message.starred !== true) cursor.delete();
    cursor.continue();
  });
  await ended(transaction);
};
