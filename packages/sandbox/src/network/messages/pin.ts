import { byOf, done, type Act } from '../act.ts';
import { mayTakePart, spokenFor } from '../chats/find-chat.ts';
import { getGroup } from '../records/network-state.ts';
import { SandboxRefusal } from '../refusal.ts';

export const pin: Act<'message.pin'> = (core, actor, { message: ref, forSeconds }) => {
  const { chat: key, id, author } = spokenFor(core, actor.account, ref);
  const chat = mayTakePart(core, actor.account, key);
  const group = chat.kind === 'group' ? getGroup(core.state, chat.of[0] ?? '') : undefined;
  if (group?.restrict === true && group.members.get(actor.account)?.isAdmin !== true) throw new SandboxRefusal('not_allowed', 'Only admins can pin messages in this group.');
  core.happen({ e: 'message.pinned', chat: key, id, author, who: actor.account, by: byOf(actor), until: forSeconds === 0 ? 0 : core.now() + forSeconds * 1_000 });
  return done;
};
