import type { PersonResult } from '../../wire/results.ts';
import { byOf, type Act } from '../act.ts';
import type { Core } from '../core.ts';
import type { AccountRecord } from '../records/account-record.ts';
import { getAccount, getGroup, groupKey } from '../records/network-state.ts';
import { findPerson } from '../stanzas/addresses.ts';
import { wireGroup } from '../stanzas/wire-group.ts';
import { groupNotice } from './group-notice.ts';
import { invitePrivately, judgeCandidate } from './invite-person.ts';

export const create: Act<'group.create'> = (core, actor, args) => {
  const who = getAccount(core.state, actor.account);
  const group = newGroupId(core);
  const members = new Set([who.account]);
  const judged = args.participants.map((address) => judge(core, { who, members }, address));

  core.happen({
    e: 'group.created',
    group,
    owner: who.account,
    by: byOf(actor),
    subject: args.subject,
    participants: [...members].slice(1),
    announce: args.announce ?? false,
    restrict: args.restrict ?? false,
    adminsAdd: args.adminsAdd ?? false,
    approval: args.approval ?? false,
    inviteCode: core.random.letters(22),
    // A group is addressed as whoever makes it is.
    lidAddressing: who.addressing === 'lid',
  });
  groupNotice(core, { group, who: who.account, event: 'create', value: args.subject });
  if ((args.disappearsAfter ?? 0) > 0) core.happen({ e: 'chat.disappears', chat: groupKey(group), who: who.account, by: byOf(actor), after: args.disappearsAfter ?? 0 });
  const participants = judged.map(({ result, person }) =>
    result.code === 403 && person !== undefined ? { ...result, ...invitePrivately(core, { group, who: who.account, person: person.account }) } : result,
  );
  return { group: wireGroup(core.state, who, getGroup(core.state, group)), participants };
};

const judge = (core: Core, asked: { who: AccountRecord; members: Set<string> }, address: string): { result: PersonResult; person?: AccountRecord } => {
  const person = findPerson(core.state, address);
  if (person === undefined) return { result: judgeCandidate(core, asked, { address }) };
  const result = judgeCandidate(core, asked, { address, person });
  if (result.code === 200) asked.members.add(person.account);
  return { result, person };
};

const newGroupId = (core: Core): string => {
  const make = (): string => `120363${core.random.digits(12)}`;
  let id = make();
  while (core.state.groups.has(id)) id = make();
  return id;
};
