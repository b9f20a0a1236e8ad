import type { AccountRecord } from '../records/account-record.ts';
import { getAccount, getGroup, type NetworkState } from '../records/network-state.ts';
import { addressOf } from '../stanzas/addresses.ts';
import { wireContact } from '../stanzas/wire-contact.ts';
import type { World } from './world.ts';

/** Everyone who may see this person by name somewhere: oneself, who has saved it, who chats with it, who is in a group with it. */
export const whoKnows = (state: NetworkState, subject: AccountRecord): AccountRecord[] => {
  const known = new Set([subject.account, ...subject.savedBy]);
  for (const { chat } of subject.sides.values()) if (chat.kind === 'direct') for (const account of chat.of) known.add(account);
  for (const group of subject.groups) for (const member of getGroup(state, group).members.keys()) known.add(member);
  return [...known].map((account) => getAccount(state, account)).filter(({ removed }) => !removed);
};

/** Changes a person, and tells everyone who knows it; with the address that its chat had, where that is another now. */
export const tellAboutPerson = (world: World, subject: AccountRecord, change: () => void): void => {
  const knowing = whoKnows(world.state, subject);
  const before = knowing.map((viewer) => addressOf(viewer, subject));
  change();
  for (const [index, viewer] of knowing.entries()) tellContact(world, { viewer, subject }, before[index]);
};

/** A device is told who somebody is before it hears of them for the first time. */
export const introduce = (world: World, viewer: AccountRecord, subject: AccountRecord): void => {
  if (viewer === subject || viewer.met.has(subject.account)) return;
  viewer.met.add(subject.account);
  tellContact(world, { viewer, subject });
};

export const tellContact = (world: World, { viewer, subject }: { viewer: AccountRecord; subject: AccountRecord }, previous?: string): void =>
  world.tell(viewer, () => {
    const contact = wireContact(viewer, subject);
    return { s: 'contact', contact, ...(previous === undefined || previous === contact.id ? {} : { previous }) };
  });
