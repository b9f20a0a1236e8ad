import type { Message } from '@waxos/contract/node-link/contents';
import type { SessionEvent } from '@waxos/contract/node-link/events';
import type { Chat, MessageKey, Person } from '@waxos/contract/node-link/identities';
import type { People } from './open-people.ts';

/**
 * The messages of one device as a gateway's database would have them: known by conversation, author and id, under
 * whichever address they came; told again they are changed and not added. What is told of a message that is not there
 * is kept as `orphans`.
 */
export interface Inbox {
  commit: (event: SessionEvent, atMs: number) => void;
  /** As a page would show them: by WhatsApp's seconds, then by the order in the device's own storage. */
  shown: () => InboxMessage[];
  gaps: () => number;
  orphans: () => number;
}

export interface InboxMessage {
  key: MessageKey;
  at: number;
  order: number;
  content: Message['content'];
  /** Who reacts how, by name. */
  reactions: Map<string, string>;
  ack: number;
  /** When it was first there, and how it came. */
  committedAt: number;
  source: string;
  place: number;
}

export const openInbox = (people: People): Inbox => {
  const byId = new Map<string, InboxMessage[]>();
  let count = 0;
  let gaps = 0;
  let orphans = 0;

  const find = (key: MessageKey): InboxMessage | undefined => byId.get(key.id)?.find((row) => row.key.fromMe === key.fromMe && people.isSameChat(row.key.chat, key.chat) && (key.chat.kind === 'person' || people.isSame(row.key.author, key.author)));
  const see = (message: Message, source: string, atMs: number): void => {
    for (const person of peopleOf(message.key)) people.learn(person);
    const before = find(message.key);
    const reactions = message.reactions === undefined ? (before?.reactions ?? new Map<string, string>()) : new Map(message.reactions.map(({ by, emoji }) => [people.nameOf(by), emoji]));
    const now = { at: message.at, order: message.order ?? 0, content: message.content, reactions, ack: Math.max(before?.ack ?? 0, message.ack) };
    if (before !== undefined) return void Object.assign(before, now);
    count += 1;
    byId.set(message.key.id, [...(byId.get(message.key.id) ?? []), { key: message.key, ...now, committedAt: atMs, source, place: count }]);
  };
  const change = (key: MessageKey, act: (row: InboxMessage) => void): void => {
    const row = find(key);
    if (row === undefined) orphans += 1;
    else act(row);
  };
  return {
    commit: (event, atMs) => {
      switch (event.type) {
        case 'message.seen':
          return see(event.message, event.source, atMs);
        case 'message.reacted':
          people.learn(event.by);
          return change(event.key, (row) => row.reactions.set(people.nameOf(event.by), event.emoji));
        case 'message.acked':
          return change(event.key, (row) => Object.assign(row, { ack: Math.max(row.ack, event.ack) }));
        case 'gap.found':
          gaps += 1;
          return;
        default:
      }
    },
    // Two that turned out to be of one person are put together, as a merge of two contacts does.
    shown: () => [...byId.values()].flatMap((rows) => rows.filter((row) => find(row.key) === row)).toSorted((a, b) => a.at - b.at || a.order - b.order || a.place - b.place),
    gaps: () => gaps,
    orphans: () => orphans,
  };
};

const peopleOf = ({ chat, author }: { chat: Chat; author?: Person | undefined }): Person[] => [...(chat.kind === 'person' ? [chat.person] : []), ...(author === undefined ? [] : [author])];
