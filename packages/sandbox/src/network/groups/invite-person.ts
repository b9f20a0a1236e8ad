import type { PersonResult } from '../../wire/results.ts';
import type { Core } from '../core.ts';
import type { AccountRecord } from '../records/account-record.ts';
import { secondsOf } from '../stanzas/wire-key.ts';

export const PEOPLE_MAX = 1_024;
const INVITATION_MS = 3 * 86_400_000;
const RECENTLY_MS = 86_400_000;

interface Candidate {
  /** The address as it was named. */
  address: string;
  person?: AccountRecord;
}

interface Asked {
  who: AccountRecord;
  members: ReadonlySet<string>;
  past?: ReadonlyMap<string, { how: 'removed' | 'left'; at: number }>;
}

/** What becomes of an invitation to a group: in it, or why not. */
export const judgeCandidate = (core: Core, { who, members, past }: Asked, { address, person }: Candidate): PersonResult => {
  if (person === undefined) return { person: address, code: 404 };
  if (members.has(person.account)) return { person: address, code: 409 };
  if (members.size >= PEOPLE_MAX) return { person: address, code: 419 };
  const before = past?.get(person.account);
  if (before?.how === 'left' && core.now() - before.at < RECENTLY_MS) return { person: address, code: 408 };
  const refuses = person.groupInvites === 'nobody' || person.contacts.get(who.account)?.blocked === true;
  return refuses ? { person: address, code: 403 } : { person: address, code: 200 };
};

/** Whoever may not be added is given a code, to come by themselves. */
export const invitePrivately = (core: Core, { group, who, person }: { group: string; who: string; person: string }): { inviteCode: string; inviteExpiresAt: number } => {
  const code = core.random.letters(16);
  const expiresAt = core.now() + INVITATION_MS;
  core.happen({ e: 'group.invited', group, who, person, code, expiresAt });
  return { inviteCode: code, inviteExpiresAt: secondsOf(expiresAt) };
};
