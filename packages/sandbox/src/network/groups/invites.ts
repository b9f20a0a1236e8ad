import { byOf, type Act } from '../act.ts';
import { personFor } from '../chats/find-chat.ts';
import type { Core } from '../core.ts';
import type { Actor } from '../network.ts';
import type { GroupRecord } from '../records/group-record.ts';
import { getAccount } from '../records/network-state.ts';
import { SandboxRefusal } from '../refusal.ts';
import { groupJid } from '../stanzas/addresses.ts';
import { wireGroup } from '../stanzas/wire-group.ts';
import { administeredGroupFor, groupId, isAdmin } from './group-for.ts';
import { groupNotice } from './group-notice.ts';
import { PEOPLE_MAX } from './invite-person.ts';

export const inviteCode: Act<'group.inviteCode'> = (core, { account }, { group }) => ({ code: administeredGroupFor(core, account, group).inviteCode });

export const resetInvite: Act<'group.resetInvite'> = (core, actor, { group: address }) => {
  const { group } = administeredGroupFor(core, actor.account, address);
  const code = core.random.letters(22);
  core.happen({ e: 'group.changed', group, who: actor.account, by: byOf(actor), inviteCode: code });
  groupNotice(core, { group, who: actor.account, event: 'revoke_invite' });
  return { code };
};

/** Codes are looked up rarely, and groups are few: no index is kept for them. */
const findByCode = (core: Core, code: string): GroupRecord => {
  for (const group of core.state.groups.values()) if (group.inviteCode === code && group.members.size > 0) return group;
  throw new SandboxRefusal('not_found', 'This invite link leads to no group. It may have been reset: ask for the new one.');
};

export const inviteInfo: Act<'group.inviteInfo'> = (core, { account }, { code }) => {
  const group = findByCode(core, code);
  return { group: wireGroup(core.state, getAccount(core.state, account), group), size: group.members.size };
};

const mayEnter = ({ members, past }: GroupRecord, account: string): void => {
  if (members.has(account)) throw new SandboxRefusal('conflict', 'You are in this group already.');
  if (past.get(account)?.how === 'removed') throw new SandboxRefusal('not_allowed', 'You cannot join this group: an admin has removed you.');
  if (members.size >= PEOPLE_MAX) throw new SandboxRefusal('too_many', 'This group is full.');
};

const enter = (core: Core, actor: Actor, group: string): void => {
  core.happen({ e: 'group.participants', group, who: actor.account, by: byOf(actor), change: 'join', people: [actor.account] });
  groupNotice(core, { group, who: actor.account, event: 'invite', people: [actor.account] });
};

/** By link; where the group wants approval, its admins are asked. */
export const join: Act<'group.join'> = (core, actor, { code }) => {
  const record = findByCode(core, code);
  const { group, approval, requests, members } = record;
  mayEnter(record, actor.account);
  if (!approval) {
    enter(core, actor, group);
    return { group: groupJid(group), waits: false };
  }
  if (!requests.has(actor.account)) {
    core.happen({ e: 'group.requested', group, who: actor.account, by: byOf(actor) });
    for (const member of members.keys()) if (isAdmin(record, member)) groupNotice(core, { group, who: actor.account, event: 'request', people: [actor.account], only: member });
  }
  return { group: groupJid(group), waits: true };
};

export const joinPrivately: Act<'group.joinPrivately'> = (core, actor, { group: address, code, inviter }) => {
  const group = core.state.groups.get(groupId(address));
  const invited = group?.invited.get(actor.account);
  if (group === undefined || invited === undefined || invited.code !== code || invited.who !== personFor(core, inviter).account) throw new SandboxRefusal('not_found', 'This invitation is not for you, or not valid any more.');
  if (invited.expiresAt <= core.now()) throw new SandboxRefusal('gone', 'This invitation has expired. Ask for another one.');
  mayEnter(group, actor.account);
  enter(core, actor, group.group);
  return { group: groupJid(group.group) };
};
