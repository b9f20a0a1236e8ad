import type { ActArgs, ActName } from '../../acts/acts.ts';
import type { Content } from '../../acts/contents.ts';
import type { MessageRef } from '../../acts/message-acts.ts';
import type { Random } from '../random.ts';
import type { TestPhone } from './open-test-network.ts';

type AnyAct = { [N in ActName]: { name: N; args: ActArgs<N> } }[ActName];

interface Choices {
  random: Random;
  phones: TestPhone[];
  /** Groups that were made so far, by address. */
  groups: string[];
  codes: string[];
}

const media = { hash: 'a'.repeat(64), mimetype: 'image/jpeg', size: 1_000 };
const contents: readonly Content[] = [
  { kind: 'text', text: 'Good morning' },
  { kind: 'image', media, caption: 'Look' },
  { kind: 'voice', media },
  { kind: 'poll', question: 'When?', options: ['Today', 'Tomorrow', 'Never'], several: false },
  { kind: 'event', name: 'Opening', startAt: 1_800_000_000 },
  { kind: 'location', latitude: 52, longitude: 13 },
];

export const pick = <T>({ random }: Pick<Choices, 'random'>, list: readonly T[]): T => {
  const chosen = list[random.below(list.length)];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
};

/** Something that an account might do next; it may well be refused. */
export const chooseAct = (choices: Choices, me: TestPhone): AnyAct => {
  const { random, phones, groups, codes } = choices;
  const other = pick(choices, phones);
  const person = random.chance(0.5) ? other.at : other.lid;
  const group = groups.length === 0 ? '1203630000@g.us' : pick(choices, groups);
  const chat = random.chance(0.6) ? person : group;
  const flag = random.chance(0.5);
  const seen = random.chance(0.9) ? threadOf(me, chat) : [];
  const ref: MessageRef = seen.length === 0 ? { chat, id: 'NOSUCHMESSAGE' } : { chat, id: pick(choices, seen).key.id };
  const quoted = seen.length === 0 ? undefined : pick(choices, seen);
  const author = quoted === undefined || quoted.key.participant === undefined ? person : quoted.key.participant;
  const send: AnyAct = { name: 'message.send', args: { chat, content: pick(choices, contents), ...(quoted !== undefined && flag ? { context: { quoted: { id: quoted.key.id, author }, mentions: [other.at] } } : {}) } };
  if (random.chance(0.4)) return send;
  const acts: AnyAct[] = [
    { name: 'message.read', args: { chat } },
    { name: 'message.read', args: { chat, upTo: ref.id } },
    { name: 'message.edit', args: { message: ref, text: 'Changed' } },
    { name: 'message.revoke', args: { message: ref } },
    { name: 'message.react', args: { message: ref, emoji: flag ? '👍' : '' } },
    { name: 'message.vote', args: { message: ref, options: flag ? [1] : [] } },
    { name: 'message.respond', args: { message: ref, response: 'going' } },
    { name: 'message.hide', args: { messages: [ref] } },
    { name: 'message.star', args: { messages: [ref], starred: flag } },
    { name: 'message.pin', args: { message: ref, forSeconds: flag ? 86_400 : 0 } },
    { name: 'message.forward', args: { messages: [ref], to: person } },
    { name: 'message.played', args: { message: ref } },
    { name: 'chat.archive', args: { chat, archived: flag } },
    { name: 'chat.markUnread', args: { chat, unread: flag } },
    { name: 'chat.clear', args: { chat, keepStarred: flag } },
    { name: 'chat.delete', args: { chat } },
    { name: 'chat.disappear', args: { chat, after: flag ? 86_400 : 0 } },
    { name: 'contact.save', args: { phone: other.at.slice(0, -5), firstName: 'Someone' } },
    { name: 'contact.forget', args: { person } },
    { name: 'contact.block', args: { person, blocked: random.chance(0.3) } },
    { name: 'picture.set', args: { of: flag ? me.at : group, small: 'AA', large: 'BB' } },
    { name: 'profile.name', args: { name: `Name ${random.below(9)}` } },
    { name: 'label.assign', args: { chats: [chat], add: ['1'], remove: ['2'] } },
    { name: 'label.save', args: { name: 'Label', color: 3 } },
    { name: 'label.remove', args: { id: '2' } },
    { name: 'group.create', args: { subject: 'Group', participants: phones.map(({ at }) => at), approval: flag } },
    { name: 'group.add', args: { group, people: [person] } },
    { name: 'group.remove', args: { group, people: [person] } },
    { name: 'group.promote', args: { group, people: [person] } },
    { name: 'group.demote', args: { group, people: [person] } },
    { name: 'group.leave', args: { group } },
    { name: 'group.subject', args: { group, subject: 'Another' } },
    { name: 'group.settings', args: { group, announce: flag } },
    { name: 'group.inviteCode', args: { group } },
    { name: 'group.join', args: { code: codes.length === 0 ? 'none' : pick(choices, codes) } },
    { name: 'group.decide', args: { group, people: [person], approve: flag } },
    { name: 'status.post', args: { content: { kind: 'text', text: 'Open today' } } },
    { name: 'message.read', args: { chat: 'status@broadcast' } },
    { name: 'channel.post', args: { channel: '12036399999@newsletter', name: 'News', followers: [person], content: { kind: 'text', text: 'News' } } },
    { name: 'phone.online', args: { online: random.chance(0.7) } },
    { name: 'phone.changeNumber', args: { phone: `4917${random.digits(6)}` } },
    { name: 'phone.addressing', args: { addressing: flag ? 'lid' : 'phone' } },
    { name: 'call.offer', args: { to: person, video: flag } },
  ];
  return pick(choices, acts);
};

const threadOf = (me: TestPhone, chat: string): { key: { id: string; participant?: string } }[] => {
  try {
    return me.thread(chat);
  } catch {
    // Not in this group: it has no thread.
    return [];
  }
};
