import { byOf, type Act } from '../act.ts';
import { spokenFor } from '../chats/find-chat.ts';
import { getChat } from '../records/network-state.ts';
import { SandboxRefusal } from '../refusal.ts';
import { secondsOf } from '../stanzas/wire-key.ts';
import { mayWrite, newMessageId } from './send.ts';

/** As long as WhatsApp lets one change what was said. */
const EDIT_MS = 15 * 60_000;
const editable: readonly string[] = ['text', 'image', 'video', 'document'];

export const edit: Act<'message.edit'> = (core, actor, { message: ref, text }) => {
  const message = spokenFor(core, actor.account, ref);
  const chat = getChat(core.state, message.chat);
  if (message.author !== actor.account) throw new SandboxRefusal('not_allowed', 'Only who wrote a message can edit it.');
  if (!editable.includes(message.content.kind)) throw new SandboxRefusal('bad_request', 'Only texts and captions can be edited.');
  if (core.now() - message.at > EDIT_MS) throw new SandboxRefusal('not_allowed', 'A message can be edited for 15 minutes. Write a new one.');
  mayWrite(core, actor.account, chat);
  const { at } = core.happen({ e: 'message.edited', chat: message.chat, id: message.id, author: message.author, by: byOf(actor), text, editId: newMessageId(core, actor.account, chat) });
  return { id: message.id, at: secondsOf(at) };
};
