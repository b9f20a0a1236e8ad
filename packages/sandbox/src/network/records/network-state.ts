import type { AccountRecord } from './account-record.ts';
import { openSide, type ChatKind, type ChatRecord, type ChatSide } from './chat-record.ts';
import type { DeviceRecord } from './device-record.ts';
import type { GroupRecord } from './group-record.ts';
import type { MessageRecord } from './message-record.ts';

export interface CallRecord {
  id: string;
  caller: string;
  chat: string;
  video: boolean;
  at: number;
}

/** All that the ledger's entries amount to. */
export interface NetworkState {
  accounts: Map<string, AccountRecord>;
  byPhone: Map<string, string>;
  devices: Map<string, DeviceRecord>;
  chats: Map<string, ChatRecord>;
  groups: Map<string, GroupRecord>;
  channels: Map<string, { name: string; owner: string; followers: Set<string> }>;
  /** Ringing. */
  calls: Map<string, CallRecord>;
}

export const emptyState = (): NetworkState => ({ accounts: new Map(), byPhone: new Map(), devices: new Map(), chats: new Map(), groups: new Map(), channels: new Map(), calls: new Map() });

/** For what the ledger has named before: missing is a bug. */
export const getAccount = (state: NetworkState, account: string): AccountRecord => known(state.accounts.get(account), `account ${account}`);
export const getGroup = (state: NetworkState, group: string): GroupRecord => known(state.groups.get(group), `group ${group}`);
export const getDevice = (state: NetworkState, device: string): DeviceRecord => known(state.devices.get(device), `device ${device}`);
export const getChat = (state: NetworkState, chat: string): ChatRecord => known(state.chats.get(chat), `chat ${chat}`);

const known = <T>(found: T | undefined, what: string): T => {
  if (found === undefined) throw new Error(`The ledger names ${what}, which there is not.`);
  return found;
};

const kinds: Record<string, ChatKind> = { d: 'direct', g: 'group', s: 'status', c: 'channel' };

export const directKey = (one: string, other: string): string => (one < other ? `d:${one}:${other}` : `d:${other}:${one}`);
export const groupKey = (group: string): string => `g:${group}`;
export const statusKey = (owner: string): string => `s:${owner}`;
export const channelKey = (channel: string): string => `c:${channel}`;

/** A chat begins with the first thing that happens in it: only a fold opens one. */
export const openChat = (state: NetworkState, key: string): ChatRecord => {
  const chat = peekChat(state, key);
  state.chats.set(key, chat);
  return chat;
};

/** The chat, or what it would be if something happened in it. */
export const peekChat = (state: NetworkState, key: string): ChatRecord => {
  const [letter = '', ...of] = key.split(':');
  return state.chats.get(key) ?? { key, kind: known(kinds[letter], `chat ${key}`), of, messages: [], byId: new Map(), disappearsAfter: 0 };
};

export const sideOf = (account: AccountRecord, chat: ChatRecord): ChatSide => {
  const found = account.sides.get(chat.key);
  if (found !== undefined) return found;
  const side = openSide(chat);
  account.sides.set(chat.key, side);
  return side;
};

export const findMessage = (chat: ChatRecord, id: string, author?: string): MessageRecord | undefined => {
  let found = chat.byId.get(id);
  while (found !== undefined && author !== undefined && found.author !== author) found = found.namesake;
  return found;
};

/** Everyone in a chat now. */
export const peopleOf = (state: NetworkState, chat: ChatRecord): AccountRecord[] => membersOf(state, chat).map((account) => getAccount(state, account)).filter(({ removed }) => !removed);

const membersOf = (state: NetworkState, { kind, of }: ChatRecord): string[] => {
  const [first = '', second = ''] = of;
  if (kind === 'direct') return first === second ? [first] : [first, second];
  if (kind === 'group') return [...getGroup(state, first).members.keys()];
  if (kind === 'status') return [first, ...getAccount(state, first).savedBy];
  const channel = state.channels.get(first);
  return channel === undefined ? [] : [channel.owner, ...channel.followers];
};

/** Whether this account ever saw the message; not whether it still wants to. */
export const reaches = (account: AccountRecord, message: MessageRecord): boolean => {
  if (message.only !== undefined && message.only !== account.account) return false;
  const side = account.sides.get(message.chat);
  return side !== undefined && side.spans.some(({ from, to }) => message.index >= from && message.index < to);
};

/** Whether it still has it: not deleted for itself, not cleared. */
export const has = (account: AccountRecord, message: MessageRecord): boolean => {
  const side = account.sides.get(message.chat);
  if (side === undefined || message.index < side.clearedTo && side.starred?.has(message) !== true) return false;
  return side.hidden?.has(message) !== true && reaches(account, message);
};
