import { done, type Act } from '../act.ts';
import { personFor } from '../chats/find-chat.ts';
import type { Core } from '../core.ts';
import { getAccount } from '../records/network-state.ts';
import { SandboxRefusal } from '../refusal.ts';
import type { AccountRecord } from '../records/account-record.ts';
import { wireContact } from '../stanzas/wire-contact.ts';

const otherFor = (core: Core, account: string, address: string): AccountRecord => {
  const person = personFor(core, address);
  if (person.account === account) throw new SandboxRefusal('bad_request', 'This is your own address. Name somebody else.');
  return person;
};

export const save: Act<'contact.save'> = (core, { account }, { phone, firstName, lastName }) => {
  const person = otherFor(core, account, `${phone}@c.us`);
  if (firstName === '' && (lastName ?? '') === '') throw new SandboxRefusal('bad_request', 'A contact needs a first or last name.');
  core.happen({ e: 'contact.changed', account, person: person.account, saved: { firstName, ...(lastName === undefined ? {} : { lastName }) } });
  return wireContact(getAccount(core.state, account), person);
};

export const forget: Act<'contact.forget'> = (core, { account }, { person: address }) => {
  const person = otherFor(core, account, address);
  if (getAccount(core.state, account).contacts.get(person.account)?.saved === undefined) return done;
  core.happen({ e: 'contact.changed', account, person: person.account, saved: null });
  return done;
};

export const block: Act<'contact.block'> = (core, { account }, { person: address, blocked }) => {
  const person = otherFor(core, account, address);
  if ((getAccount(core.state, account).contacts.get(person.account)?.blocked ?? false) === blocked) return done;
  core.happen({ e: 'contact.changed', account, person: person.account, blocked });
  return done;
};

export const note: Act<'contact.note'> = (core, { account }, { person: address, note: text }) => {
  if (getAccount(core.state, account).business === undefined) throw new SandboxRefusal('not_allowed', 'Only business accounts keep notes on people.');
  core.happen({ e: 'contact.changed', account, person: otherFor(core, account, address).account, note: text });
  return done;
};
