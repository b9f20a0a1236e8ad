import type { Core } from '../core.ts';
import type { GroupRecord } from '../records/group-record.ts';
import { getAccount, groupKey } from '../records/network-state.ts';
import { SandboxRefusal } from '../refusal.ts';

export const groupId = (address: string): string => address.slice(0, -'@g.us'.length);

/** A group that this account is in or has been in; others do not learn that there is one. */
export const findGroupFor = (core: Core, account: string, address: string): GroupRecord => {
  const group = core.state.groups.get(groupId(address));
  if (group === undefined || !getAccount(core.state, account).sides.has(groupKey(group.group))) throw new SandboxRefusal('not_found', `This account is in no group ${address}.`);
  return group;
};

export const ownGroupFor = (core: Core, account: string, address: string): GroupRecord => {
  const group = findGroupFor(core, account, address);
  if (!group.members.has(account)) throw new SandboxRefusal('not_allowed', 'You are no longer in this group.');
  return group;
};

export const isAdmin = ({ members }: GroupRecord, account: string): boolean => members.get(account)?.isAdmin === true;

export const administeredGroupFor = (core: Core, account: string, address: string): GroupRecord => {
  const group = ownGroupFor(core, account, address);
  if (!isAdmin(group, account)) throw new SandboxRefusal('not_allowed', 'Only admins of this group can do this.');
  return group;
};

/** One whose subject, description and picture this account may change. */
export const changeableGroupFor = (core: Core, account: string, address: string): GroupRecord => {
  const group = ownGroupFor(core, account, address);
  if (group.restrict && !isAdmin(group, account)) throw new SandboxRefusal('not_allowed', 'Only admins can change this group.');
  return group;
};
