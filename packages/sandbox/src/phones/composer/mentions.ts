import type { AccountView, ChatView } from '../../network/phone-view.ts';
import { digitsOf, isMe, personName } from '../state/people.ts';

export interface Member {
  jid: string;
  name: string;
}

export const membersOf = (view: AccountView, chat: ChatView): Member[] => (chat.group?.participants ?? []).filter(({ id }) => !isMe(view, id)).map(({ id }) => ({ jid: id, name: personName(view, id) }));

/** What is typed after an `@` just before the caret. */
export function wantedMention(text: string, caret: number): string | undefined {
  const [, wanted] = /(?:^|\s)@([^\s@]{0,30})$/.exec(text.slice(0, caret)) ?? [];
  return wanted;
}

export const findMembers = (members: readonly Member[], wanted: string): Member[] => members.filter(({ name }) => name.toLowerCase().split(/\s+/).some((word) => word.startsWith(wanted.toLowerCase())) || name.toLowerCase().startsWith(wanted.toLowerCase())).slice(0, 6);

/** The text with the name in place of what was typed, and where the caret goes. */
export function putMention(text: string, caret: number, name: string): { text: string; caret: number } {
  const before = text.slice(0, caret).replace(/@[^\s@]{0,30}$/, `@${name} `);
  return { text: before + text.slice(caret), caret: before.length };
}

/** On the wire a mention is an `@` and digits; the people are named beside the text. */
export function resolveMentions(text: string, picked: readonly Member[]): { text: string; mentions: string[] } {
  const longestFirst = picked.toSorted((a, b) => b.name.length - a.name.length);
  const mentions = new Set<string>();
  let resolved = text;
  for (const { jid, name } of longestFirst) {
    if (!resolved.includes(`@${name}`)) continue;
    resolved = resolved.replaceAll(`@${name}`, `@${digitsOf(jid)}`);
    mentions.add(jid);
  }
  return { text: resolved, mentions: [...mentions] };
}

/** The other way round, for who changes a text that is on the wire already. */
export function nameMentions(text: string, mentioned: readonly Member[]): { text: string; picked: Member[] } {
  const named = (jid: string): RegExp => new RegExp(`@${digitsOf(jid)}(?!\\d)`, 'g');
  const picked = mentioned.filter(({ jid }) => named(jid).test(text));
  return { text: picked.reduce((rest, { jid, name }) => rest.replace(named(jid), () => `@${name}`), text), picked };
}
