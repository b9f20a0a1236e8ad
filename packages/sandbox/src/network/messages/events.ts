import { byOf, done, type Act } from '../act.ts';
import { mayTakePart, spokenFor } from '../chats/find-chat.ts';
import { SandboxRefusal } from '../refusal.ts';

export const respond: Act<'message.respond'> = (core, actor, { message: ref, response }) => {
  const { chat, id, author, content } = spokenFor(core, actor.account, ref);
  if (content.kind !== 'event') throw new SandboxRefusal('bad_request', `Message ${id} is no event.`);
  mayTakePart(core, actor.account, chat);
  core.happen({ e: 'message.responded', chat, id, author, who: actor.account, by: byOf(actor), response });
  return done;
};

export const editEvent: Act<'message.editEvent'> = (core, actor, { message: ref, event }) => {
  const { chat, id, author, content } = spokenFor(core, actor.account, ref);
  if (content.kind !== 'event') throw new SandboxRefusal('bad_request', `Message ${id} is no event.`);
  if (author !== actor.account) throw new SandboxRefusal('not_allowed', 'Only who made an event can change it.');
  mayTakePart(core, actor.account, chat);
  core.happen({ e: 'message.eventEdited', chat, id, author, by: byOf(actor), event });
  return done;
};
