import { getAccount } from '../records/network-state.ts';
import { addressOf } from '../stanzas/addresses.ts';
import { tellContact } from './tell-about-person.ts';
import type { Folds } from './world.ts';

export const foldContacts: Folds<'contact.changed'> = {
  'contact.changed': (world, { account, person, saved, blocked, note }) => {
    const viewer = getAccount(world.state, account);
    const subject = getAccount(world.state, person);
    // Who hides the number goes by another address for those who have saved it.
    const previous = addressOf(viewer, subject);
    const contact = viewer.contacts.get(person) ?? { blocked: false };
    viewer.contacts.set(person, contact);
    if (saved === null) delete contact.saved;
    else if (saved !== undefined) contact.saved = saved;
    if (contact.saved === undefined) subject.savedBy.delete(account);
    else subject.savedBy.add(account);
    contact.blocked = blocked ?? contact.blocked;
    if (note !== undefined) contact.note = note;
    tellContact(world, { viewer, subject }, previous);
  },
};
