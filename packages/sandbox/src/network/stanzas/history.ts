import type { WireContact, WireGroup, WireHistory } from '../../wire/stanzas.ts';
import type { AccountRecord } from '../records/account-record.ts';
import { byRecency, isListed, type ChatSide } from '../records/chat-record.ts';
import type { HistoryPart } from '../records/device-record.ts';
import { getAccount, getChat, getGroup, has, type NetworkState } from '../records/network-state.ts';
import { otherOf } from './addresses.ts';
import { wireChat } from './wire-chat.ts';
import { wireContact } from './wire-contact.ts';
import { wireGroup } from './wire-group.ts';
import { wireMessage } from './wire-message.ts';

const MESSAGES_A_PART = 500;

/**
 * Cuts an account's history into parts, by places only: nothing is rendered before its turn, so that tens of
 * thousands of messages cost what their chats do. The chat where something happened last comes first, and in a
 * long chat the newest messages.
 */
export const planHistory = (account: AccountRecord): HistoryPart[] => {
  const parts: HistoryPart[] = [];
  let part = emptyPart();
  let room = MESSAGES_A_PART;
  const next = (): void => {
    parts.push(part);
    part = emptyPart();
    room = MESSAGES_A_PART;
  };
  part.contacts.push(...new Set([...account.contacts.keys(), ...account.met]));
  const sides = [...account.sides.values()].filter(isListed).sort(byRecency);
  for (const side of sides) {
    part.chats.push(side.chat.key);
    let to = side.chat.messages.length;
    const start = firstKept(side);
    while (to > start) {
      const from = Math.max(start, to - room);
      part.slices.push({ chat: side.chat.key, from, to });
      room -= to - from;
      to = from;
      if (room === 0) next();
    }
  }
  if (room < MESSAGES_A_PART || part.chats.length > 0 || part.contacts.length > 0 || parts.length === 0) parts.push(part);
  return parts.map((one, index) => ({ ...one, progress: Math.round(((index + 1) / parts.length) * 100), last: index === parts.length - 1 }));
};

const emptyPart = (): HistoryPart => ({ progress: 0, last: false, contacts: [], chats: [], slices: [] });

const firstKept = ({ clearedTo, starred, spans }: ChatSide): number => {
  const first = spans[0]?.from ?? 0;
  return starred === undefined || starred.size === 0 ? Math.max(first, clearedTo) : first;
};

/** A part as it is now, when its turn has come. */
export const renderHistory = (state: NetworkState, viewer: AccountRecord, part: HistoryPart): WireHistory => {
  const contacts = new Map<string, WireContact>();
  const groups: WireGroup[] = [];
  const meet = (subject: AccountRecord): void => void contacts.set(subject.account, wireContact(viewer, subject));
  for (const account of part.contacts) meet(getAccount(state, account));
  for (const key of part.chats) {
    const chat = getChat(state, key);
    if (chat.kind === 'direct') meet(otherOf(state, viewer, chat));
    if (chat.kind !== 'group') continue;
    const group = getGroup(state, chat.of[0] ?? '');
    groups.push(wireGroup(state, viewer, group));
    if (!group.lidAddressing) for (const member of group.members.keys()) meet(getAccount(state, member));
  }
  const chats = part.chats.flatMap((key) => {
    const side = viewer.sides.get(key);
    return side === undefined ? [] : [wireChat(state, viewer, side)];
  });
  const messages = part.slices.flatMap(({ chat, from, to }) =>
    getChat(state, chat)
      .messages.slice(from, to)
      .filter((message) => has(viewer, message))
      .map((message) => wireMessage(state, viewer, message)),
  );
  return { progress: part.progress, last: part.last, contacts: [...contacts.values()], chats, groups, messages };
};
