import type { Me, PageManners, Registration } from '../wire/frames.ts';
import type { Stanza } from '../wire/stanzas.ts';
import type { CallModel, LabelModel } from './models/small-models.ts';
import type { ChatModel } from './models/chat.ts';
import type { ContactModel } from './models/contact.ts';
import type { Collection } from './models/collection.ts';
import type { Presences } from './presences/open-presences.ts';
import type { Emitter } from './models/emitter.ts';
import type { BrowserInfo } from './linking/browser-info.ts';
import type { MsgModel } from './models/msg.ts';
import type { Line } from './line/open-line.ts';
import type { Storage } from './storage/open-storage.ts';
import type { SocketModel, ConnModel } from './models/socket.ts';
import type { Threads } from './threads/open-threads.ts';
import type { Directory } from './directory/open-directory.ts';

/** What the page is told when it is loaded. */
export interface PageOptions {
  build: string;
  weight: 'light' | 'heavy';
  renamedKey: boolean;
  lacksModules: string[];
}

/** Everything the page is made of; each module of WhatsApp's is a function of it. */
export interface App {
  options: PageOptions;
  registration: Registration;
  storage: Storage;
  line: Line;
  socket: SocketModel;
  conn: ConnModel;
  cmd: Emitter;
  /** 0 to 100, while the offline batch comes in. */
  offline: { progress: number };
  presences: Presences;
  /** Undefined until the device is linked. */
  me: () => Me | undefined;
  manners: () => PageManners;
  /** Messages: the collection, reading them from storage, sending and changing them. */
  threads: Threads;
  /** Contacts, chats' identities, groups, labels. */
  directory: Directory;
  collections: {
    Msg: Collection<MsgModel>;
    Chat: Collection<ChatModel>;
    Contact: Collection<ContactModel>;
    Label: Collection<LabelModel>;
    Call: Collection<CallModel>;
    Channel: Collection<ChatModel>;
  };
  /** The tables that the library listens in on: it wraps their one function. */
  addons: { reactions: AddonTable; votes: AddonTable };
  /** Applies what this device did itself, as if the network had told of it. */
  take: (stanzas: readonly Stanza[]) => Promise<void>;
  /** WAWebMiscBrowserUtils: the library replaces `info` to give the device a name. */
  browserInfo: BrowserInfo;
  /** Asks for new refs; nothing where the device is linked. */
  refreshRefs: () => void;
  media: MediaDoor;
  /** Fires no event any more, but keeps what comes. */
  deaf: () => boolean;
  wipe: () => Promise<void>;
}

export interface AddonTable {
  bulkUpsert: (rows: Record<string, unknown>[]) => unknown;
}

/** Bytes to the network and back. */
export interface MediaDoor {
  upload: (blob: Blob) => Promise<{ hash: string; size: number; path: string }>;
  download: (path: string, signal?: AbortSignal) => Promise<ArrayBuffer>;
}

export type ModuleTable = Record<string, object>;
