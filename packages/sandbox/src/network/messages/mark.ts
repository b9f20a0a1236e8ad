import type { MessageRef } from '../../acts/message-acts.ts';
import { byOf, done, type Act } from '../act.ts';
import { messageFor } from '../chats/find-chat.ts';
import type { Core } from '../core.ts';

type Named = { chat: string; id: string; author: string };

const nameAll = (core: Core, account: string, refs: readonly MessageRef[]): Named[] =>
  refs.map((ref) => {
    const { chat, id, author } = messageFor(core, account, ref);
    return { chat, id, author };
  });

export const hide: Act<'message.hide'> = (core, actor, { messages }) => {
  core.happen({ e: 'message.hidden', account: actor.account, by: byOf(actor), messages: nameAll(core, actor.account, messages) });
  return done;
};

export const star: Act<'message.star'> = (core, actor, { messages, starred }) => {
  core.happen({ e: 'message.starred', account: actor.account, by: byOf(actor), starred, messages: nameAll(core, actor.account, messages) });
  return done;
};
