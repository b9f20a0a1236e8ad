import type { WireLabel } from '../../wire/stanzas.ts';
import type { AccountRecord } from '../records/account-record.ts';
import { getAccount } from '../records/network-state.ts';
import { pictureStanza } from '../stanzas/picture-stanza.ts';
import { tellAboutPerson, whoKnows } from './tell-about-person.ts';
import type { EntryOf, Folds, World } from './world.ts';

/** The labels that WhatsApp's business app begins with. */
const firstLabels: readonly WireLabel[] = [
  { id: '1', name: 'New customer', color: 0 },
  { id: '2', name: 'New order', color: 1 },
  { id: '3', name: 'Pending payment', color: 2 },
  { id: '4', name: 'Paid', color: 3 },
  { id: '5', name: 'Order complete', color: 4 },
];

export const foldAccounts: Folds<'account.added' | 'account.removed' | 'account.changed'> = {
  'account.added': (world, { account, added }) => {
    const record: AccountRecord = {
      account,
      phone: added.phone,
      name: added.name,
      about: added.about ?? '',
      platform: added.platform ?? 'android',
      ...(added.business === undefined ? {} : { business: added.business }),
      addressing: added.addressing ?? 'phone',
      hidesPhone: added.hidesPhone ?? false,
      groupInvites: added.groupInvites ?? 'everyone',
      removed: false,
      online: true,
      offlineSince: 0,
      awaited: new Set(),
      contacts: new Map(),
      met: new Set(),
      savedBy: new Set(),
      sides: new Map(),
      groups: new Set(),
      devices: new Map(),
      labels: new Map(added.business === undefined ? [] : firstLabels.map((label) => [label.id, label])),
    };
    world.state.accounts.set(account, record);
    world.state.byPhone.set(added.phone, account);
    world.touch(record);
  },
  'account.removed': (world, { account }) => {
    const record = getAccount(world.state, account);
    record.awaited.clear();
    world.state.byPhone.delete(record.phone);
    tellAboutPerson(world, record, () => {
      record.removed = true;
    });
    for (const person of record.contacts.keys()) world.state.accounts.get(person)?.savedBy.delete(account);
    world.touch(record);
  },
  'account.changed': (world, entry) => {
    const record = getAccount(world.state, entry.account);
    if (entry.online !== undefined) setOnline(world, record, entry);
    if (entry.picture !== undefined) setPicture(world, record, entry);
    if (entry.about !== undefined) setAbout(world, record, entry.about);
    if (entry.name === undefined && entry.phone === undefined && entry.addressing === undefined) return;
    tellAboutPerson(world, record, () => {
      if (entry.name !== undefined) record.name = entry.name;
      if (entry.addressing !== undefined) record.addressing = entry.addressing;
      if (entry.phone === undefined) return;
      world.state.byPhone.delete(record.phone);
      record.phone = entry.phone;
      world.state.byPhone.set(record.phone, record.account);
    });
  },
};

type Changed = EntryOf<'account.changed'>;

const setOnline = (world: World, record: AccountRecord, { online = true, n }: Changed): void => {
  if (record.online && !online) record.offlineSince = n;
  record.online = online;
  world.touch(record);
};

/** Devices ask for it where they show it. */
const setAbout = (world: World, record: AccountRecord, about: string): void => {
  record.about = about;
  world.touch(record);
};

const setPicture = (world: World, record: AccountRecord, { picture, at }: Changed): void => {
  if (picture === null || picture === undefined) delete record.picture;
  else record.picture = picture;
  for (const viewer of whoKnows(world.state, record)) world.tell(viewer, () => pictureStanza(viewer, record, at));
};
