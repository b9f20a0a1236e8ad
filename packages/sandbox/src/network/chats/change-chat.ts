import { byOf, done, type Act } from '../act.ts';
import type { Core } from '../core.ts';
import type { EntryOf } from '../fold/world.ts';
import type { Actor } from '../network.ts';
import { chatFor } from './find-chat.ts';

type Change = Omit<EntryOf<'chat.changed'>, 'e' | 'n' | 'at' | 'account' | 'by' | 'chat'>;

const change = (core: Core, actor: Actor, { chat, ...changed }: { chat: string } & Change): Record<string, never> => {
  core.happen({ e: 'chat.changed', account: actor.account, by: byOf(actor), chat: chatFor(core, actor.account, chat).key, ...changed });
  return done;
};

export const archive: Act<'chat.archive'> = (core, actor, { chat, archived }) => change(core, actor, { chat, archived });
export const pinChat: Act<'chat.pin'> = (core, actor, { chat, pinned }) => change(core, actor, { chat, pinnedAt: pinned ? core.now() : 0 });
export const mute: Act<'chat.mute'> = (core, actor, { chat, until }) => change(core, actor, { chat, mutedUntil: Math.max(-1, until) });
export const markUnread: Act<'chat.markUnread'> = (core, actor, { chat, unread }) => change(core, actor, { chat, markedUnread: unread });
export const clear: Act<'chat.clear'> = (core, actor, { chat, keepStarred }) => change(core, actor, { chat, cleared: { keepStarred } });
export const deleteChat: Act<'chat.delete'> = (core, actor, { chat }) => change(core, actor, { chat, deleted: true });
