import type { WireContact } from '../../wire/stanzas.ts';
import type { AccountRecord } from '../records/account-record.ts';
import { addressOf, knowsNumber, lidAddress, phoneAddress } from './addresses.ts';

export const savedName = (viewer: AccountRecord, subject: AccountRecord): string | undefined => {
  const saved = viewer.contacts.get(subject.account)?.saved;
  return saved === undefined ? undefined : [saved.firstName, saved.lastName].filter((part) => part !== undefined && part !== '').join(' ');
};

export const wireContact = (viewer: AccountRecord, subject: AccountRecord): WireContact => {
  const contact = viewer.contacts.get(subject.account);
  const name = savedName(viewer, subject);
  return {
    id: addressOf(viewer, subject),
    ...(knowsNumber(viewer, subject) ? { phone: phoneAddress(subject) } : {}),
    lid: lidAddress(subject),
    ...(name === undefined ? {} : { name }),
    ...(contact?.saved === undefined ? {} : { firstName: contact.saved.firstName }),
    pushName: subject.name,
    isBusiness: subject.business !== undefined,
    ...(subject.business === undefined ? {} : { verifiedName: subject.name }),
    isBlocked: contact?.blocked === true,
    ...(viewer === subject ? { isMe: true } : {}),
    ...(contact?.note === undefined ? {} : { note: contact.note }),
  };
};

/** What a phone calls somebody: as saved, else as they call themselves, else by number. */
export const shownName = (viewer: AccountRecord, subject: AccountRecord): string => savedName(viewer, subject) ?? (subject.name === '' ? `+${subject.phone}` : subject.name);
