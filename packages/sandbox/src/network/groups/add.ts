import { byOf, type Act } from '../act.ts';
import { getAccount } from '../records/network-state.ts';
import { SandboxRefusal } from '../refusal.ts';
import { findPerson } from '../stanzas/addresses.ts';
import { groupNotice } from './group-notice.ts';
import { isAdmin, ownGroupFor } from './group-for.ts';
import { invitePrivately, judgeCandidate } from './invite-person.ts';

export const add: Act<'group.add'> = (core, actor, { group: address, people }) => {
  const record = ownGroupFor(core, actor.account, address);
  const { group, members, past } = record;
  if (record.adminsAdd && !isAdmin(record, actor.account)) throw new SandboxRefusal('not_allowed', 'Only admins can add people to this group.');
  const who = getAccount(core.state, actor.account);
  const inside = new Set(members.keys());
  const added: string[] = [];
  const judged = people.map((one) => {
    const person = findPerson(core.state, one);
    // Whoever left of late is brought back by nobody but themselves; whoever was removed, by any admin.
    const result = judgeCandidate(core, { who, members: inside, past }, person === undefined ? { address: one } : { address: one, person });
    if (result.code !== 200 || person === undefined) return { result, account: person?.account };
    inside.add(person.account);
    added.push(person.account);
    return { result, account: person.account };
  });
  if (added.length > 0) {
    core.happen({ e: 'group.participants', group, who: who.account, by: byOf(actor), change: 'add', people: added });
    groupNotice(core, { group, who: who.account, event: 'add', people: added });
  }
  return {
    results: judged.map(({ result, account }) => (result.code === 403 && account !== undefined ? { ...result, ...invitePrivately(core, { group, who: who.account, person: account }) } : result)),
  };
};
