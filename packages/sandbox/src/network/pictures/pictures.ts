import { byOf, done, type Act } from '../act.ts';
import { personFor } from '../chats/find-chat.ts';
import type { Core } from '../core.ts';
import { changeableGroupFor, findGroupFor } from '../groups/group-for.ts';
import { groupNotice } from '../groups/group-notice.ts';
import type { Actor } from '../network.ts';
import type { Picture } from '../records/account-record.ts';
import { SandboxRefusal } from '../refusal.ts';
import { pictureUrl } from '../views/account-view.ts';

export const get: Act<'picture.get'> = (core, { account }, { of }) => {
  const picture = isGroup(of) ? findGroupFor(core, account, of).picture : pictureOfPerson(core, account, of);
  return picture === undefined ? null : { id: picture.id, url: pictureUrl(picture) };
};

export const set: Act<'picture.set'> = (core, actor, { of, small, large }) => put(core, actor, { of, picture: { id: core.random.token(), small, large } });
export const remove: Act<'picture.remove'> = (core, actor, { of }) => put(core, actor, { of, picture: null });

const isGroup = (address: string): boolean => address.endsWith('@g.us');

const pictureOfPerson = (core: Core, account: string, address: string): Picture | undefined => {
  const person = personFor(core, address);
  return person.contacts.get(account)?.blocked === true ? undefined : person.picture;
};

const put = (core: Core, actor: Actor, { of, picture }: { of: string; picture: Picture | null }): Record<string, never> => {
  if (isGroup(of)) {
    const { group } = changeableGroupFor(core, actor.account, of);
    core.happen({ e: 'group.changed', group, who: actor.account, by: byOf(actor), picture });
    groupNotice(core, { group, who: actor.account, event: 'picture' });
    return done;
  }
  if (personFor(core, of).account !== actor.account) throw new SandboxRefusal('not_allowed', 'You can only change your own picture, or that of a group.');
  core.happen({ e: 'account.changed', account: actor.account, picture });
  return done;
};
