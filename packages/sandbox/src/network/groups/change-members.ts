import type { PersonResult } from '../../wire/results.ts';
import { byOf, done, type Act } from '../act.ts';
import type { Core } from '../core.ts';
import type { Actor } from '../network.ts';
import type { GroupRecord } from '../records/group-record.ts';
import { findPerson } from '../stanzas/addresses.ts';
import { administeredGroupFor, ownGroupFor } from './group-for.ts';
import { groupNotice } from './group-notice.ts';

type Change = 'remove' | 'promote' | 'demote';
type Asked = { group: string; people: string[] };

/** The owner stays what they are, whoever asks. */
const judge = (core: Core, { members }: GroupRecord, address: string): { result: PersonResult; account?: string } => {
  const account = findPerson(core.state, address)?.account;
  const member = members.get(account ?? '');
  if (account === undefined || member === undefined) return { result: { person: address, code: 404 } };
  return member.isSuperAdmin ? { result: { person: address, code: 403 } } : { result: { person: address, code: 200 }, account };
};

const change = (core: Core, actor: Actor, { group: address, people, change: what }: Asked & { change: Change }): { results: PersonResult[] } => {
  const record = administeredGroupFor(core, actor.account, address);
  const { group } = record;
  const judged = people.map((person) => judge(core, record, person));
  const changed = [...new Set(judged.flatMap(({ account }) => account ?? []))].filter((account) => what === 'remove' || record.members.get(account)?.isAdmin !== (what === 'promote'));
  if (changed.length === 0) return { results: judged.map(({ result }) => result) };
  const happen = (): void => void core.happen({ e: 'group.participants', group, who: actor.account, by: byOf(actor), change: what, people: changed });
  // Whoever is removed is told so by the last thing that they see of the group.
  if (what !== 'remove') happen();
  groupNotice(core, { group, who: actor.account, event: what, people: changed });
  if (what === 'remove') happen();
  return { results: judged.map(({ result }) => result) };
};

export const remove: Act<'group.remove'> = (core, actor, args) => change(core, actor, { ...args, change: 'remove' });
export const promote: Act<'group.promote'> = (core, actor, args) => change(core, actor, { ...args, change: 'promote' });
export const demote: Act<'group.demote'> = (core, actor, args) => change(core, actor, { ...args, change: 'demote' });

export const leave: Act<'group.leave'> = (core, actor, { group: address }) => {
  const { group } = ownGroupFor(core, actor.account, address);
  leaveGroup(core, actor, group);
  return done;
};

export const leaveGroup = (core: Core, actor: Actor, group: string): void => {
  const { account } = actor;
  groupNotice(core, { group, who: account, event: 'leave', people: [account] });
  core.happen({ e: 'group.participants', group, who: account, by: byOf(actor), change: 'leave', people: [account] });
};
