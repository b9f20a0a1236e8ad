import type { Act } from '../act.ts';
import { personFor } from '../chats/find-chat.ts';
import { getAccount } from '../records/network-state.ts';
import { findPerson, groupJid } from '../stanzas/addresses.ts';
import { wireContact } from '../stanzas/wire-contact.ts';

export const exists: Act<'contact.exists'> = (core, { account }, { person: address }) => {
  const person = findPerson(core.state, address);
  return person === undefined ? null : wireContact(getAccount(core.state, account), person);
};

export const get: Act<'contact.get'> = (core, { account }, { person }) => wireContact(getAccount(core.state, account), personFor(core, person));

/** Whoever has blocked somebody tells them nothing of themselves. */
export const about: Act<'contact.about'> = (core, { account }, { person: address }) => {
  const person = personFor(core, address);
  return { about: person.contacts.get(account)?.blocked === true ? null : person.about };
};

/** The groups that both are in. */
export const groups: Act<'contact.groups'> = (core, { account }, { person: address }) => {
  const mine = getAccount(core.state, account).groups;
  return { groups: [...personFor(core, address).groups].filter((group) => mine.has(group)).map(groupJid) };
};

/** The phone counts as one. */
export const devices: Act<'contact.devices'> = (core, _actor, { person }) => ({ count: 1 + personFor(core, person).devices.size });

export const business: Act<'contact.business'> = (core, _actor, { person }) => personFor(core, person).business ?? null;
