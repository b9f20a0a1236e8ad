import type { Chat, MessageKey, Person } from '@waxos/contract/node-link/identities';

/**
 * What we touch of WhatsApp's page, and the tools that we put into it. Only types: the scripts beside this file are
 * evaluated in the page as functions, each by itself, so they share what stands under `waxos` and nothing else.
 */
export interface PageWid {
  user: string;
  server: string;
}

export interface PageKey {
  fromMe: boolean;
  remote: PageWid | string;
  id: string;
  participant?: PageWid | string;
}

interface Heard {
  on: (name: string, listener: (...args: never[]) => void) => void;
}

export interface PageMsg extends Heard {
  id: PageKey;
  t: number;
  ack: number;
  type: string;
  subtype?: string;
  [attribute: string]: unknown;
}

export interface PageChat {
  id: PageWid;
  t?: number;
  unreadCount?: number;
  archive?: boolean;
  formattedTitle?: string;
  groupMetadata?: PageGroup;
  presence?: PagePresence;
  msgs: { getModelsArray: () => PageMsg[] };
}

export interface PageGroup {
  subject?: unknown;
  desc?: unknown;
  announce?: unknown;
  restrict?: unknown;
  participants?: { getModelsArray: () => { id: PageWid; isAdmin?: unknown; isSuperAdmin?: unknown }[] };
}

interface PageChatState extends Partial<Heard> {
  id?: PageWid;
  type?: unknown;
  /** Of somebody who is away: since when, in seconds. */
  t?: unknown;
  deny?: unknown;
}

export interface PagePresence extends Heard {
  isSubscribed?: boolean;
  subscribe: () => unknown;
  /** Of the person; in a group each member has one of their own. */
  chatstate?: PageChatState;
  chatstates?: Partial<Heard> & { getModelsArray: () => PageChatState[] };
}

export interface PageContact {
  id: PageWid;
  name?: unknown;
  pushname?: unknown;
  isBusiness?: unknown;
}

interface Collection<M> extends Heard {
  get: (id: unknown) => M | undefined;
  getModelsArray: () => M[];
  trigger?: (name: string, ...args: unknown[]) => void;
}

interface Table {
  bulkUpsert: (rows: Record<string, unknown>[]) => unknown;
}

/** WhatsApp's modules by name, as far as we touch them ourselves. */
export interface Modules {
  WAWebSocketModel: { Socket: Heard & { state: string; hasSynced: boolean; logout: () => Promise<unknown> } };
  WAWebCmd: { Cmd: Heard & { refreshQR: () => unknown; sendRevokeMsgs: (chat: PageChat, what: { list: PageMsg[]; type: 'message' }, options: { clearMedia: boolean }) => Promise<unknown> } };
  WAWebConnModel: { Conn: { pushname?: string; platform?: string } };
  WAWebOfflineHandler: { OfflineMessageHandler: { getOfflineDeliveryProgress: () => number } };
  WAWebUserPrefsMeUser: { getMaybeMePnUser: () => PageWid | undefined; getMaybeMeLidUser: () => PageWid | undefined };
  WAWebCollections: { Msg: Collection<PageMsg> & { getMessagesById: (ids: string[]) => Promise<{ messages?: (PageMsg | undefined)[] } | undefined> }; Chat: Collection<PageChat>; Contact: Collection<PageContact>; ProfilePicThumb?: Partial<Heard>; Presence?: { find: (id: PageWid) => Promise<PagePresence | undefined> }; Reactions?: { find: (key: string) => Promise<{ reactions?: { serialize: () => { senders?: Record<string, unknown>[] }[] } } | undefined> } };
  WAWebCallCollection: object;
  WAWebWidFactory: { createWid: (address: string) => PageWid };
  WAWebApiContact: { getCurrentLid: (wid: PageWid) => PageWid | undefined; getPhoneNumber: (wid: PageWid) => PageWid | undefined };
  WAWebQueryExistsJob: { queryWidExists: (wid: PageWid) => Promise<unknown> };
  WAWebFindChatAction: { findOrCreateLatestChat: (wid: PageWid) => Promise<{ chat?: PageChat } | undefined> };
  WAWebGroupQueryJob: { queryAndUpdateGroupMetadataById: (of: { id: PageWid }) => Promise<unknown> };
  WAWebContactProfilePicThumbBridge: { requestProfilePicFromServer: (of: { id: PageWid }) => Promise<{ eurl?: unknown } | undefined> };
  WAWebChatLoadMessages: { loadEarlierMsgs: (of: { chat: PageChat }) => Promise<PageMsg[] | undefined> };
  WAWebMsgKey: { newId: () => Promise<string> | string };
  WAWebSendMsgChatAction: { addAndSendMsgToChat: (chat: PageChat, message: { id: PageKey }) => [Promise<PageMsg>, Promise<unknown>] };
  WAWebSendMessageEditAction: { sendMessageEdit: (msg: PageMsg, text: string, options: object) => Promise<unknown> };
  WAWebMsgActionCapability: Record<'canEditText' | 'canEditCaption' | 'canSenderRevokeMsg' | 'canAdminRevokeMsg', (msg: PageMsg) => boolean>;
  WAWebSendReactionMsgAction: { sendReactionToMsg: (msg: PageMsg, emoji: string) => Promise<unknown> };
  WAWebStreamModel: { Stream: { markAvailable: () => void; markUnavailable: () => void } };
  WAWebUpdateUnreadChatAction: { sendSeen: (what: { chat: PageChat; threadId: undefined }) => Promise<unknown> };
  WAWebChatStateBridge: Record<'sendChatStateComposing' | 'sendChatStateRecording' | 'sendChatStatePaused', (wid: PageWid) => Promise<unknown>>;
  WAWebAddonReactionTableMode: { reactionTableMode: Table };
  WAWebAddonPollVoteTableMode: { pollVoteTableMode: Table };
  WAWebPollsVotesSchema: { getTable: () => { equals: (columns: string[], value: string) => Promise<Record<string, unknown>[]> } };
  WAWebSyncGatingUtils: { isPlaceholderMessageResendEnabled: () => boolean };
  WAWebNonMessageDataRequestPlaceholderMessageResendUtils: { handlePlaceholderMsgsSeen: (msgs: PageMsg[], seen: boolean) => unknown };
  WAWebLinkPreviewChatAction: { getLinkPreview: (link: unknown) => Promise<unknown> };
  WAWebDownloadManager: { downloadManager: { downloadAndMaybeDecrypt: (what: Record<string, unknown>) => Promise<ArrayBuffer | Blob> } };
}

export type PagePerson = Person;
export type PageChatName = Chat;
export type PageMessageKey = MessageKey;

/** What the scripts share. */
export interface Tools {
  tell: (told: Record<string, unknown>) => void;
  /** Runs after whatever was given before; a failure is told, and is its own. */
  inOrder: (work: () => Promise<void> | void) => void;
  /** `user@server`, whatever the build calls the text of an id. */
  addressOf: (wid: unknown) => string;
  person: (wid: unknown) => PagePerson | undefined;
  /** Asks the network for an address that is not known yet, but not for long. */
  meet: (wid: unknown) => Promise<void>;
  me: () => PagePerson | undefined;
  chat: (wid: unknown) => PageChatName | undefined;
  /** Messages of persons and groups; statuses and channels are none of ours. */
  isWanted: (msg: { id?: PageKey }) => boolean;
  keyText: (key: PageKey) => string;
  keyOf: (key: PageKey, author?: unknown) => PageMessageKey;
  people: (wids: unknown) => object[];
  said: (msg: Record<string, unknown>) => Record<string, unknown>;
  read: (msg: PageMsg) => Record<string, unknown>;
  addons: (msg: PageMsg) => Promise<object>;
  /** Tells it where it is not what was told of this last. */
  tellChange: (key: string, told: Record<string, unknown>) => void;
  tellChat: (chat: PageChat) => void;
  /** Those that a chat may be under, the likeliest first. */
  chatAddresses: (name: PageChatName) => string[];
  readGroup: (address: string) => Record<string, unknown> | undefined;
  findChat: (name: PageChatName, make: boolean) => Promise<PageChat | undefined>;
  findMsg: (key: PageMessageKey) => Promise<PageMsg | undefined>;
  heard: WeakSet<object>;
  /** Is there, as a person before the page would be, for so long. */
  attend: (forMs: number) => void;
  isAttending: () => boolean;
  /** Presences that are told of, and until when. */
  watched: Map<object, number>;
  files: Map<string, File>;
  blobs: Map<string, Blob>;
  downloads: Map<string, AbortController>;
  /** The id that is being sent, if one is. */
  sending?: string;
}

/** What the library puts into the page, as far as we call it. */
interface LibraryTools {
  sendMessage: (chat: PageChat, content: string | undefined, options: Record<string, unknown>) => Promise<unknown>;
  mediaInfoToFile: (info: { data: string; mimetype: string; filename?: string }) => File;
  rejectCall: (peer: string, id: string) => Promise<unknown>;
  toStickerData: (info: { data: string; mimetype: string; filename?: string }) => Promise<{ data: string; mimetype: string }>;
}

export interface Page {
  require: <N extends keyof Modules>(name: N) => Modules[N];
  Debug?: { VERSION?: string };
  WWebJS?: LibraryTools;
  waxos: Tools;
  waxosTell: (told: Record<string, unknown>[]) => Promise<void>;
  waxosWatching?: { link?: boolean; messages?: boolean; chats?: boolean; people?: boolean; previews?: boolean };
  localStorage: { removeItem: (name: string) => void; getItem: (name: string) => string | null; setItem: (name: string, text: string) => void };
  document: { querySelector: (selector: string) => { files?: ArrayLike<File>; remove: () => void } | null };
  onAppStateHasSyncedEvent: () => Promise<void>;
}

/** What a script answers: the value, or why WhatsApp would not. */
export type Answer<T> = { ok: true; value: T } | { ok: false; reason: 'not_ready' | 'no_chat' | 'refused' | 'media_missing' | 'too_late'; text: string };
