import type { Act } from '../act.ts';
import { chatFor, spokenFor } from '../chats/find-chat.ts';
import { SandboxRefusal } from '../refusal.ts';
import { mayWrite, say } from './send.ts';

export const forward: Act<'message.forward'> = (core, actor, { messages, to }) => {
  mayWrite(core, actor.account, chatFor(core, actor.account, to));
  const said = messages.map((ref) => {
    const { content, context } = spokenFor(core, actor.account, ref);
    if (content.kind === 'notice' || ('viewOnce' in content && content.viewOnce === true)) throw new SandboxRefusal('not_allowed', `Message ${ref.id} cannot be forwarded: it is to be seen once.`);
    return { content, forwardingScore: (context?.forwardingScore ?? 0) + 1 };
  });
  return { ids: said.map(({ content, forwardingScore }) => say(core, actor, { chat: to, content, context: { forwardingScore } }).id) };
};
