import type { AccountView } from '../../network/phone-view.ts';
import { contactName, findContact, formatAddress, formatPhone, isMe } from '../state/people.ts';

export interface KnownPerson {
  jid: string;
  name: string;
  detail: string;
}

/** Whom a phone can write to: its address book first, then the other pretend phones, each once. */
export function knownPeople(view: AccountView, all: readonly AccountView[]): KnownPerson[] {
  const contacts = view.contacts
    .filter((contact) => contact.isMe !== true && !isMe(view, contact.id))
    .map((contact) => ({ jid: contact.id, name: contactName(contact), detail: formatAddress(contact.phone ?? contact.id) }));
  const others = all
    .filter(({ account, phone }) => account !== view.account && findContact(view, `${account}@lid`) === undefined && findContact(view, `${phone}@c.us`) === undefined)
    .map(({ account, phone, name, addressing }) => ({ jid: addressing === 'lid' ? `${account}@lid` : `${phone}@c.us`, name, detail: formatPhone(phone) }));
  return [...contacts, ...others].sort((a, b) => a.name.localeCompare(b.name));
}
