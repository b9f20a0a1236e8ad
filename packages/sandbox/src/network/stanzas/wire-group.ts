import type { WireGroup } from '../../wire/stanzas.ts';
import type { AccountRecord } from '../records/account-record.ts';
import type { GroupRecord } from '../records/group-record.ts';
import { getAccount, groupKey, peekChat, type NetworkState } from '../records/network-state.ts';
import { groupJid, personIn } from './addresses.ts';
import { secondsOf } from './wire-key.ts';

export const wireGroup = (state: NetworkState, viewer: AccountRecord, group: GroupRecord): WireGroup => {
  const place = { viewer, chat: peekChat(state, groupKey(group.group)) };
  return {
    id: groupJid(group.group),
    subject: group.subject,
    ...(group.description === '' ? {} : { description: group.description, descriptionId: group.descriptionId }),
    owner: personIn(state, place, getAccount(state, group.owner)),
    at: secondsOf(group.at),
    announce: group.announce,
    restrict: group.restrict,
    adminsAdd: group.adminsAdd,
    approval: group.approval,
    lidAddressing: group.lidAddressing,
    participants: [...group.members].map(([account, { isAdmin, isSuperAdmin }]) => ({ id: personIn(state, place, getAccount(state, account)), isAdmin, isSuperAdmin })),
    ...(group.members.has(viewer.account) ? {} : { left: true }),
  };
};
