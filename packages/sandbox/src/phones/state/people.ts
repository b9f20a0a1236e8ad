import type { AccountView, ChatView } from '../../network/phone-view.ts';
import type { WireContact } from '../../wire/stanzas.ts';

export const statusJid = 'status@broadcast';
export const digitsOf = (jid: string): string => jid.replace(/@.*$/, '');
export const isGroup = (jid: string): boolean => jid.endsWith('@g.us');
export const isPerson = (jid: string): boolean => jid.endsWith('@c.us') || jid.endsWith('@lid');
export const isMe = (view: AccountView, jid: string): boolean => jid === `${view.phone}@c.us` || jid === `${view.account}@lid`;

/** Codes of countries have one digit, two as these, or else three. */
const oneDigit = /^[17]/;
const twoDigits = /^(2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

const countryOf = (digits: string): string => digits.slice(0, oneDigit.test(digits) ? 1 : twoDigits.test(digits) ? 2 : 3);

/** Grouped for the eye: the country, the area, and the rest in two parts. */
export function formatPhone(digits: string): string {
  const country = countryOf(digits);
  const national = digits.slice(country.length);
  const middle = country === '1' ? 3 : Math.min(5, Math.max(3, national.length - 6));
  const parts = [national.slice(0, -4 - middle), national.slice(-4 - middle, -4), national.slice(-4)];
  return `+${[country, ...parts].filter((part) => part !== '').join(' ')}`;
}

/** A person goes by up to two addresses. */
export const findContact = (view: AccountView, jid: string): WireContact | undefined => view.contacts.find((contact) => contact.id === jid || contact.phone === jid || contact.lid === jid);

export const formatAddress = (jid: string): string => (jid.endsWith('@lid') ? `~${digitsOf(jid)}` : formatPhone(digitsOf(jid)));

export function contactName(contact: WireContact): string {
  const saved = contact.name ?? contact.firstName ?? contact.verifiedName;
  if (saved !== undefined && saved !== '') return saved;
  if (contact.pushName !== undefined && contact.pushName !== '') return contact.pushName;
  return formatAddress(contact.phone ?? contact.id);
}

export function personName(view: AccountView, jid: string): string {
  const contact = findContact(view, jid);
  return contact === undefined ? formatAddress(jid) : contactName(contact);
}

/** A text may name a person by the one address, and the message by the other. */
export const addressesOf = (view: AccountView, people: readonly string[]): string[] =>
  people.flatMap((jid) => {
    if (isMe(view, jid)) return [`${view.phone}@c.us`, `${view.account}@lid`];
    const contact = findContact(view, jid);
    return contact === undefined ? [jid] : [contact.lid, contact.phone ?? contact.id];
  });

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
