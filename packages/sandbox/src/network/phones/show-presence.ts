import { done, type Act } from '../act.ts';
import { personFor } from '../chats/find-chat.ts';
import type { Core } from '../core.ts';
import { getAccount } from '../records/network-state.ts';
import { addressOf, otherOf } from '../stanzas/addresses.ts';
import { secondsOf } from '../stanzas/wire-key.ts';

/** Told to everyone with whom they have a direct chat, as far as those are there to hear it. */
export const showPresence = (core: Core, account: string, { place, available }: { place: string; available: boolean }): void => {
  const here = core.passing.present.get(account) ?? { places: new Set<string>() };
  core.passing.present.set(account, here);
  const before = here.places.size > 0;
  if (available) here.places.add(place);
  else here.places.delete(place);
  const now = here.places.size > 0;
  if (before === now) return;
  if (!now) here.lastSeen = core.now();
  const me = getAccount(core.state, account);
  for (const { chat } of me.sides.values()) {
    if (chat.kind !== 'direct') continue;
    const other = otherOf(core.state, me, chat);
    if (other === me || other.removed || me.contacts.get(other.account)?.blocked === true) continue;
    core.live(other.account, { l: 'present', of: addressOf(other, me), available: now, ...(now || here.lastSeen === undefined ? {} : { lastSeen: secondsOf(here.lastSeen) }) });
  }
};

export const setPresent: Act<'phone.present'> = (core, { account }, { available }) => {
  showPresence(core, account, { place: 'phone', available });
  return done;
};

/** Whoever has blocked somebody tells them nothing of themselves. */
export const presence: Act<'presence.get'> = (core, { account }, { person: address }) => {
  const person = personFor(core, address);
  const here = core.passing.present.get(person.account);
  if (here === undefined || person.contacts.get(account)?.blocked === true) return { available: false };
  return here.places.size > 0 ? { available: true } : { available: false, ...(here.lastSeen === undefined ? {} : { lastSeen: secondsOf(here.lastSeen) }) };
};
