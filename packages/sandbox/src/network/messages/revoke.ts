import { byOf, done, type Act } from '../act.ts';
import { spokenFor } from '../chats/find-chat.ts';
import { getChat, getGroup } from '../records/network-state.ts';
import { SandboxRefusal } from '../refusal.ts';
import { newMessageId } from './send.ts';

/** Two days and twelve hours, as WhatsApp has it. */
const REVOKE_MS = 60 * 3_600_000;

export const revoke: Act<'message.revoke'> = (core, actor, { message: ref }) => {
  const message = spokenFor(core, actor.account, ref);
  const chat = getChat(core.state, message.chat);
  const member = chat.kind === 'group' ? getGroup(core.state, chat.of[0] ?? '').members.get(actor.account) : undefined;
  if (chat.kind === 'group' && member === undefined) throw new SandboxRefusal('not_allowed', 'You are no longer in this group.');
  if (message.author !== actor.account && member?.isAdmin !== true) throw new SandboxRefusal('not_allowed', 'Only who wrote a message, or an admin of its group, can delete it for everyone.');
  if (core.now() - message.at > REVOKE_MS) throw new SandboxRefusal('not_allowed', 'It is too late to delete this message for everyone. Delete it for yourself.');
  core.happen({ e: 'message.revoked', chat: message.chat, id: message.id, author: message.author, revoker: actor.account, by: byOf(actor), revokeId: newMessageId(core, actor.account, chat) });
  return done;
};
