import { byOf, type Act } from '../act.ts';
import { getAccount, getChat, groupKey } from '../records/network-state.ts';
import { findPerson, personIn } from '../stanzas/addresses.ts';
import { secondsOf } from '../stanzas/wire-key.ts';
import { administeredGroupFor } from './group-for.ts';
import { groupNotice } from './group-notice.ts';

export const list: Act<'group.requests'> = (core, { account }, { group: address }) => {
  const { group, requests } = administeredGroupFor(core, account, address);
  const place = { viewer: getAccount(core.state, account), chat: getChat(core.state, groupKey(group)) };
  const named = (person: string): string => personIn(core.state, place, getAccount(core.state, person));
  return { requests: [...requests].map(([person, { at, by }]) => ({ person: named(person), at: secondsOf(at), by: named(by) })) };
};

export const decide: Act<'group.decide'> = (core, actor, { group: address, people, approve }) => {
  const { group, requests } = administeredGroupFor(core, actor.account, address);
  const judged = people.map((person) => {
    const account = findPerson(core.state, person)?.account;
    return account !== undefined && requests.has(account) ? { result: { person, code: 200 as const }, account } : { result: { person, code: 404 as const } };
  });
  const decided = [...new Set(judged.flatMap(({ account }) => account ?? []))];
  if (decided.length > 0) {
    core.happen({ e: 'group.decided', group, who: actor.account, by: byOf(actor), people: decided, approved: approve });
    if (approve) {
      core.happen({ e: 'group.participants', group, who: actor.account, by: byOf(actor), change: 'join', people: decided });
      groupNotice(core, { group, who: actor.account, event: 'add', people: decided });
    }
  }
  return { results: judged.map(({ result }) => result) };
};
