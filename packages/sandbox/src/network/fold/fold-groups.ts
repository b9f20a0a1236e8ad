import type { AccountRecord } from '../records/account-record.ts';
import type { GroupRecord } from '../records/group-record.ts';
import { getAccount, getGroup, groupKey, openChat, sideOf } from '../records/network-state.ts';
import { groupJid } from '../stanzas/addresses.ts';
import { wireGroup } from '../stanzas/wire-group.ts';
import { secondsOf } from '../stanzas/wire-key.ts';
import type { EntryOf, Folds, World } from './world.ts';

export const foldGroups: Folds<'group.created' | 'group.changed' | 'group.participants' | 'group.requested' | 'group.decided' | 'group.invited'> = {
  'group.created': (world, { group, owner, subject, participants, announce, restrict, adminsAdd, approval, inviteCode, lidAddressing, at, n }) => {
    const record: GroupRecord = { group, owner, at, subject, description: '', descriptionId: '', announce, restrict, adminsAdd, approval, lidAddressing, inviteCode, members: new Map(), past: new Map(), requests: new Map(), invited: new Map() };
    world.state.groups.set(group, record);
    enter(world, record, { account: owner, at, n, isAdmin: true });
    for (const account of participants) enter(world, record, { account, at, n });
    tellGroup(world, record);
  },
  'group.changed': (world, entry) => {
    const group = getGroup(world.state, entry.group);
    changeGroup(group, entry);
    if (entry.picture === undefined) return tellGroup(world, group);
    for (const person of membersOf(world, group)) world.tell(person, () => ({ s: 'picture', of: groupJid(group.group), changedAt: secondsOf(entry.at), removed: group.picture === undefined }));
  },
  'group.participants': (world, { group: id, change, people, at, n }) => {
    const group = getGroup(world.state, id);
    for (const account of people) {
      if (change === 'add' || change === 'join') enter(world, group, { account, at, n });
      else if (change === 'promote' || change === 'demote') setAdmin(group, account, change === 'promote');
      else leave(world, group, { account, at, how: change === 'leave' ? 'left' : 'removed' });
    }
    tellGroup(world, group);
    if (change === 'remove' || change === 'leave') for (const account of people) tellOne(world, group, getAccount(world.state, account));
  },
  'group.requested': (world, { group, who, at }) => {
    const record = getGroup(world.state, group);
    record.requests.set(who, { at, by: who });
    for (const person of membersOf(world, record)) world.touch(person);
  },
  'group.decided': (world, { group, people }) => {
    const record = getGroup(world.state, group);
    for (const account of people) record.requests.delete(account);
  },
  'group.invited': (world, { group, who, person, code, expiresAt }) => {
    getGroup(world.state, group).invited.set(person, { who, code, expiresAt });
  },
};

const changeGroup = (group: GroupRecord, entry: EntryOf<'group.changed'>): void => {
  group.subject = entry.subject ?? group.subject;
  group.description = entry.description ?? group.description;
  group.descriptionId = entry.descriptionId ?? group.descriptionId;
  group.announce = entry.announce ?? group.announce;
  group.restrict = entry.restrict ?? group.restrict;
  group.adminsAdd = entry.adminsAdd ?? group.adminsAdd;
  group.approval = entry.approval ?? group.approval;
  group.inviteCode = entry.inviteCode ?? group.inviteCode;
  if (entry.picture === null) delete group.picture;
  else if (entry.picture !== undefined) group.picture = entry.picture;
};

/** It sees what is said from now on. */
const enter = ({ state }: World, group: GroupRecord, { account, at, n, isAdmin = false }: { account: string; at: number; n: number; isAdmin?: boolean }): void => {
  const person = getAccount(state, account);
  const chat = openChat(state, groupKey(group.group));
  const side = sideOf(person, chat);
  side.spans.push({ from: chat.messages.length, to: Infinity });
  side.readTo = Math.max(side.readTo, chat.messages.length);
  side.at = at;
  side.n = n;
  side.deleted = false;
  person.groups.add(group.group);
  group.members.set(account, { isAdmin, isSuperAdmin: isAdmin });
  group.past.delete(account);
  group.requests.delete(account);
  group.invited.delete(account);
};

const leave = ({ state }: World, group: GroupRecord, { account, at, how }: { account: string; at: number; how: 'left' | 'removed' }): void => {
  const person = getAccount(state, account);
  const chat = openChat(state, groupKey(group.group));
  const span = sideOf(person, chat).spans.at(-1);
  if (span !== undefined) span.to = chat.messages.length;
  person.groups.delete(group.group);
  group.members.delete(account);
  group.past.set(account, { how, at });
  const [next] = group.members.values();
  // A group is never without an admin while anybody is in it.
  if (next !== undefined && ![...group.members.values()].some((member) => member.isAdmin)) next.isAdmin = true;
};

const setAdmin = (group: GroupRecord, account: string, isAdmin: boolean): void => {
  const member = group.members.get(account);
  if (member !== undefined) member.isAdmin = isAdmin;
};

const membersOf = ({ state }: World, group: GroupRecord): AccountRecord[] => [...group.members.keys()].map((account) => getAccount(state, account));

const tellGroup = (world: World, group: GroupRecord): void => {
  for (const person of membersOf(world, group)) tellOne(world, group, person);
};

const tellOne = (world: World, group: GroupRecord, person: AccountRecord): void => world.tell(person, () => ({ s: 'group', group: wireGroup(world.state, person, group) }));
