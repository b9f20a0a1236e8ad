import { byOf, done, type Act } from '../act.ts';
import { mayTakePart, spokenFor } from '../chats/find-chat.ts';
import { newMessageId } from './send.ts';

export const react: Act<'message.react'> = (core, actor, { message: ref, emoji }) => {
  const { chat: key, id, author } = spokenFor(core, actor.account, ref);
  const chat = mayTakePart(core, actor.account, key);
  core.happen({ e: 'message.reacted', chat: key, id, author, who: actor.account, by: byOf(actor), emoji, reactionId: newMessageId(core, actor.account, chat) });
  return done;
};
