import type { Jid } from '../../acts/addresses.ts';
import { statusAddress } from '../../acts/addresses.ts';
import type { AccountRecord } from '../records/account-record.ts';
import type { ChatRecord } from '../records/chat-record.ts';
import { getAccount, getGroup, type NetworkState } from '../records/network-state.ts';

export const phoneAddress = ({ phone }: AccountRecord): Jid => `${phone}@c.us`;
export const lidAddress = ({ account }: AccountRecord): Jid => `${account}@lid`;
export const groupJid = (group: string): Jid => `${group}@g.us`;

/** Whoever hides the number shows it only to those who have it in the address book. */
export const knowsNumber = (viewer: AccountRecord, subject: AccountRecord): boolean =>
  !subject.hidesPhone || viewer === subject || viewer.contacts.get(subject.account)?.saved !== undefined;

/** The address by which a person's chat goes for this viewer. Whoever is gone has no number any more. */
export const addressOf = (viewer: AccountRecord, subject: AccountRecord): Jid =>
  subject.removed || subject.addressing === 'lid' || !knowsNumber(viewer, subject) ? lidAddress(subject) : phoneAddress(subject);

export const otherOf = (state: NetworkState, viewer: AccountRecord, { of }: ChatRecord): AccountRecord => {
  const [first = '', second = ''] = of;
  return getAccount(state, first === viewer.account ? second : first);
};

export const chatAddressFor = (state: NetworkState, viewer: AccountRecord, chat: ChatRecord): Jid => {
  const [first = ''] = chat.of;
  if (chat.kind === 'direct') return addressOf(viewer, otherOf(state, viewer, chat));
  if (chat.kind === 'group') return groupJid(first);
  return chat.kind === 'status' ? statusAddress : `${first}@newsletter`;
};

/** A person as a chat names them: oneself goes by the kind of address that the chat goes by. */
export const personIn = (state: NetworkState, { viewer, chat }: { viewer: AccountRecord; chat: ChatRecord }, subject: AccountRecord): Jid => {
  if (chat.kind === 'group') {
    const byLid = getGroup(state, chat.of[0] ?? '').lidAddressing;
    return subject.removed || byLid || !knowsNumber(viewer, subject) ? lidAddress(subject) : phoneAddress(subject);
  }
  if (subject !== viewer) return addressOf(viewer, subject);
  return chat.kind === 'direct' && chatAddressFor(state, viewer, chat).endsWith('@lid') ? lidAddress(viewer) : phoneAddress(viewer);
};

const digitsOf = (address: Jid): string => address.slice(0, address.indexOf('@'));

/** Whoever has this address now. */
export const findPerson = (state: NetworkState, address: Jid): AccountRecord | undefined => {
  const found = findAnyone(state, address);
  return found?.removed === true ? undefined : found;
};

/** Whoever has it, or had it when they went. */
export const findAnyone = (state: NetworkState, address: Jid): AccountRecord | undefined => {
  const digits = digitsOf(address);
  return state.accounts.get(address.endsWith('@lid') ? digits : (state.byPhone.get(digits) ?? ''));
};

/** A ledger names people by LID, whatever they were called when it was written. */
export const keptAddress = (state: NetworkState, address: Jid): Jid => {
  const found = findPerson(state, address);
  return found === undefined ? address : lidAddress(found);
};

/** What a ledger named, as this viewer calls it in this chat. */
export const shownAddress = (state: NetworkState, place: { viewer: AccountRecord; chat: ChatRecord }, kept: Jid): Jid => {
  const found = kept.endsWith('@lid') ? state.accounts.get(digitsOf(kept)) : undefined;
  return found === undefined ? kept : personIn(state, place, found);
};
