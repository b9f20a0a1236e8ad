import type { AccountView, ChatView } from '../../network/phone-view.ts';
import type { WireContact } from '../../wire/stanzas.ts';

export const digitsOf = (jid: string): string => jid.replace(/@.*$/, '');
export const isGroup = (jid: string): boolean => jid.endsWith('@g.us');
export const isPerson = (jid: string): boolean => jid.endsWith('@c.us') || jid.endsWith('@lid');
export const isMe = (view: AccountView, jid: string): boolean => jid === `${view.phone}@c.us` || jid === `${view.account}@lid`;

/** Grouped for the eye; the country's code is not known to be one, two or three digits, so it is not set apart. */
export function formatPhone(digits: string): string {
  if (digits.length < 7) return `+${digits}`;
  const end = digits.slice(-4);
  const middle = digits.slice(-8, -4);
  const start = digits.slice(0, -8);
  return `+${[start.replace(/^(\d{2})(?=\d)/, '$1 '), middle, end].filter((part) => part !== '').join(' ')}`;
}

/** A person goes by up to two addresses. */
export const findContact = (view: AccountView, jid: string): WireContact | undefined => view.contacts.find((contact) => contact.id === jid || contact.phone === jid || contact.lid === jid);

export const formatAddress = (jid: string): string => (jid.endsWith('@lid') ? `~${digitsOf(jid)}` : formatPhone(digitsOf(jid)));

export function contactName(contact: WireContact): string {
  const saved = contact.name ?? contact.firstName ?? contact.verifiedName;
  if (saved !== undefined && saved !== '') return saved;
  if (contact.pushName !== undefined && contact.pushName !== '') return `~ ${contact.pushName}`;
  return formatAddress(contact.phone ?? contact.id);
}

export function personName(view: AccountView, jid: string): string {
  const contact = findContact(view, jid);
  return contact === undefined ? formatAddress(jid) : contactName(contact);
}

/** The address that a chat goes by now: a person may have moved from number to LID since. */
export function currentChat(view: AccountView, chat: string): string {
  if (view.chats.some(({ id }) => id === chat)) return chat;
  const contact = isPerson(chat) ? findContact(view, chat) : undefined;
  if (contact === undefined) return chat;
  const known = view.chats.find(({ id }) => id === contact.id || id === contact.phone || id === contact.lid);
  return known?.id ?? contact.id;
}

/** Also for a chat in which nothing was said yet. */
export function findChat(view: AccountView, chat: string): ChatView {
  const current = currentChat(view, chat);
  const known = view.chats.find(({ id }) => id === current);
  return known ?? { id: current, at: 0, unread: 0, title: personName(view, current), typing: [] };
}

export const samePerson = (view: AccountView, a: string, b: string): boolean => {
  if (a === b) return true;
  if (isMe(view, a)) return isMe(view, b);
  const contact = findContact(view, a);
  return contact !== undefined && contact === findContact(view, b);
};

/** Digits that somebody typed or pasted, in any usual writing; undefined where they are no number. */
export function readPhone(typed: string): string | undefined {
  const digits = typed.replace(/[\s().+\-\u2010-\u2015\u202a-\u202e\u2066-\u2069]/g, '').replace(/^00/, '');
  return /^[1-9]\d{6,14}$/.test(digits) ? digits : undefined;
}
