import { byOf, done, type Act } from '../act.ts';
import { mayTakePart, spokenFor } from '../chats/find-chat.ts';
import { SandboxRefusal } from '../refusal.ts';
import { newMessageId } from './send.ts';

export const vote: Act<'message.vote'> = (core, actor, { message: ref, options }) => {
  const { chat: key, id, author, content } = spokenFor(core, actor.account, ref);
  if (content.kind !== 'poll') throw new SandboxRefusal('bad_request', `Message ${id} is no poll.`);
  const chosen = [...new Set(options)];
  const wrong = chosen.find((option) => option >= content.options.length);
  if (wrong !== undefined) throw new SandboxRefusal('bad_request', `The poll has ${content.options.length} options, counted from 0: there is no ${wrong}.`);
  if (chosen.length > 1 && !content.several) throw new SandboxRefusal('bad_request', 'This poll takes one option. Choose one.');
  const chat = mayTakePart(core, actor.account, key);
  core.happen({ e: 'message.voted', chat: key, id, author, who: actor.account, by: byOf(actor), options: chosen, voteId: newMessageId(core, actor.account, chat) });
  return done;
};
