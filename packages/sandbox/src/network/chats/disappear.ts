import { byOf, done, type Act } from '../act.ts';
import { notice } from '../messages/notice.ts';
import { getGroup } from '../records/network-state.ts';
import { SandboxRefusal } from '../refusal.ts';
import { chatFor } from './find-chat.ts';

/** For both, or for the whole group. */
export const disappear: Act<'chat.disappear'> = (core, actor, { chat: address, after }) => {
  const chat = chatFor(core, actor.account, address);
  const group = chat.kind === 'group' ? getGroup(core.state, chat.of[0] ?? '') : undefined;
  const member = group?.members.get(actor.account);
  if (group !== undefined && (member === undefined || (group.restrict && !member.isAdmin))) throw new SandboxRefusal('not_allowed', 'Only admins can set how long messages of this group stay.');
  if (chat.disappearsAfter === after) return done;
  core.happen({ e: 'chat.disappears', chat: chat.key, who: actor.account, by: byOf(actor), after });
  notice(core, { chat: chat.key, author: actor.account, notice: { kind: 'disappear', after } });
  return done;
};
