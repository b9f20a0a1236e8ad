import type { MessageRecord, Receipt } from '../records/message-record.ts';
import { findMessage, getAccount, getChat, sideOf, type NetworkState } from '../records/network-state.ts';
import { chatAddressFor, personIn } from '../stanzas/addresses.ts';
import { secondsOf } from '../stanzas/wire-key.ts';
import type { EntryOf, Folds, World } from './world.ts';

export const foldReceipts: Folds<'message.delivered' | 'message.read' | 'message.played'> = {
  'message.delivered': (world, { chat, ids, to, by, at }) => {
    const messages = messagesOf(world.state, { chat, ids, not: to });
    const receiver = getAccount(world.state, to);
    if (by === 'phone') for (const message of messages) receiver.awaited.delete(message);
    const done = messages.filter((message) => note(message, { who: to, what: 'delivered', at }));
    tellAuthors(world, done, { who: to, ack: 2, at });
    world.touch(receiver);
  },
  'message.read': (world, { chat, ids, reader, by, at }) => {
    const messages = messagesOf(world.state, { chat, ids, not: reader });
    for (const message of messages) note(message, { who: reader, what: 'delivered', at });
    const done = messages.filter((message) => note(message, { who: reader, what: 'read', at }));
    tellAuthors(world, done, { who: reader, ack: 3, at });
    readSelf(world, messages, { chat, reader, by });
  },
  'message.played': (world, { chat, id, reader, at }) => {
    const messages = messagesOf(world.state, { chat, ids: [id], not: reader });
    // Whoever has heard it has it, and has seen it.
    for (const what of ['delivered', 'read'] as const) for (const message of messages) note(message, { who: reader, what, at });
    const done = messages.filter((message) => note(message, { who: reader, what: 'played', at }));
    tellAuthors(world, done, { who: reader, ack: 4, at });
    world.touch(getAccount(world.state, reader));
  },
};

const messagesOf = (state: NetworkState, { chat, ids, not }: { chat: string; ids: string[]; not: string }): MessageRecord[] =>
  ids.flatMap((id) => {
    let message = findMessage(getChat(state, chat), id);
    while (message?.author === not) message = message.namesake;
    return message ?? [];
  });

const times = { delivered: 'deliveredAt', read: 'readAt', played: 'playedAt' } as const satisfies Record<string, keyof Receipt>;

/** Whether everyone has it now who had not before. */
const note = (message: MessageRecord, { who, what, at }: { who: string; what: keyof typeof times; at: number }): boolean => {
  message.receipts ??= new Map();
  const receipt = message.receipts.get(who) ?? { deliveredAt: 0, readAt: 0, playedAt: 0 };
  if (receipt[times[what]] > 0) return false;
  receipt[times[what]] = at;
  message.receipts.set(who, receipt);
  message[what] += 1;
  return message[what] === message.expected;
};

const tellAuthors = (world: World, messages: MessageRecord[], { who, ack, at }: { who: string; ack: 2 | 3 | 4; at: number }): void => {
  const { state } = world;
  const from = getAccount(state, who);
  for (const author of new Set(messages.map((message) => message.author))) {
    const viewer = getAccount(state, author);
    const theirs = messages.filter((message) => message.author === author);
    const chat = getChat(state, theirs[0]?.chat ?? '');
    world.tell(viewer, () => ({ s: 'receipt', chat: chatAddressFor(state, viewer, chat), ids: theirs.map(({ id }) => id), from: personIn(state, { viewer, chat }, from), ack, at: secondsOf(at) }));
  }
};

const readSelf = (world: World, messages: MessageRecord[], { chat, reader, by }: Pick<EntryOf<'message.read'>, 'chat' | 'reader' | 'by'>): void => {
  const { state } = world;
  const viewer = getAccount(state, reader);
  const side = sideOf(viewer, getChat(state, chat));
  const upTo = messages.at(-1);
  side.unread = Math.max(0, side.unread - messages.filter(({ index }) => index >= side.readTo).length);
  side.markedUnread = false;
  if (upTo !== undefined) side.readTo = Math.max(side.readTo, upTo.index + 1);
  const { unread } = side;
  world.tell(viewer, () => ({ s: 'readSelf', chat: chatAddressFor(state, viewer, side.chat), ...(upTo === undefined ? {} : { upTo: upTo.id }), unread }), { except: by });
};
