import type { MessageContext } from '../../acts/contents.ts';
import type { Notice, WireContent, WireMessage } from '../../wire/stanzas.ts';
import type { AccountRecord } from '../records/account-record.ts';
import type { ChatRecord } from '../records/chat-record.ts';
import type { MessageRecord } from '../records/message-record.ts';
import { getAccount, getChat, type NetworkState } from '../records/network-state.ts';
import { ackOf } from './ack-of.ts';
import { chatAddressFor, personIn, shownAddress } from './addresses.ts';
import { secondsOf, wireKey } from './wire-key.ts';

/** A message as one account's phone and devices see it now. */
export const wireMessage = (state: NetworkState, viewer: AccountRecord, message: MessageRecord): WireMessage => {
  const chat = getChat(state, message.chat);
  const place = { viewer, chat };
  const me = personIn(state, place, viewer);
  const there = chatAddressFor(state, viewer, chat);
  const fromMe = message.author === viewer.account;
  const author = getAccount(state, message.author);
  return {
    key: wireKey(state, viewer, message),
    at: secondsOf(message.at),
    // As in WhatsApp Web, what others write to a group comes from the group; who it was says the key.
    from: fromMe ? me : there,
    to: fromMe ? there : me,
    ...(fromMe ? {} : { pushName: author.name }),
    content: shownContent(state, place, message),
    ack: ackOf(viewer, message),
    ...(message.context === undefined ? {} : { context: shownContext(state, place, message.context) }),
    ...(message.quotedContent === undefined ? {} : { quotedContent: contentFor(state, place, message.quotedContent) }),
    ...(message.edited === undefined ? {} : { editedAt: secondsOf(message.edited.at) }),
    ...(viewer.sides.get(message.chat)?.starred?.has(message) === true ? { starred: true } : {}),
    ...addonsOf(state, place, message),
  };
};

type Place = { viewer: AccountRecord; chat: ChatRecord };

const shownContent = (state: NetworkState, place: Place, message: MessageRecord): WireContent =>
  message.revoked === undefined ? contentFor(state, place, message.content) : { kind: 'revoked', by: personIn(state, place, getAccount(state, message.revoked.revoker)) };

const contentFor = (state: NetworkState, place: Place, content: MessageRecord['content']): WireContent =>
  content.kind === 'notice' ? { kind: 'notice', notice: shownNotice(state, place, content.notice) } : content;

const shownNotice = (state: NetworkState, place: Place, notice: Notice): Notice =>
  notice.kind === 'group' ? { ...notice, people: notice.people.map((person) => shownAddress(state, place, person)) } : notice;

const shownContext = (state: NetworkState, place: Place, { quoted, mentions, ...context }: MessageContext): MessageContext => ({
  ...context,
  ...(quoted === undefined ? {} : { quoted: { id: quoted.id, author: shownAddress(state, place, quoted.author) } }),
  ...(mentions === undefined ? {} : { mentions: mentions.map((person) => shownAddress(state, place, person)) }),
});

const addonsOf = (state: NetworkState, place: Place, { reactions, votes, revoked }: MessageRecord): Pick<WireMessage, 'reactions' | 'votes'> => {
  if (revoked !== undefined) return {};
  const from = (who: string): string => personIn(state, place, getAccount(state, who));
  return {
    ...(reactions === undefined || reactions.size === 0 ? {} : { reactions: [...reactions].map(([who, { emoji, at }]) => ({ from: from(who), emoji, at: secondsOf(at) })) }),
    ...(votes === undefined || votes.size === 0 ? {} : { votes: [...votes].map(([who, { options, at }]) => ({ from: from(who), options, at: secondsOf(at) })) }),
  };
};
