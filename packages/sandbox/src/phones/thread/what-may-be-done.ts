import type { AccountView, ChatView, ThreadMessage } from '../../network/phone-view.ts';
import { isGroup, isMe } from '../state/people.ts';

export interface Permitted {
  reply: boolean;
  forward: boolean;
  edit: boolean;
  revoke: boolean;
  cancel: boolean;
}

const editable = new Set<ThreadMessage['content']['kind']>(['text', 'image', 'video', 'document']);
const editSeconds = 15 * 60;

export const isAdminOf = (view: AccountView, chat: ChatView): boolean => chat.group?.participants.some(({ id, isAdmin, isSuperAdmin }) => isMe(view, id) && (isAdmin || isSuperAdmin)) === true;

interface Circumstances {
  view: AccountView;
  chat: ChatView;
  /** Seconds. */
  now: number;
}

/** What is offered. The network decides for itself, and says why where it refuses. */
export function whatMayBeDone({ view, chat, now }: Circumstances, { key, content, at }: ThreadMessage): Permitted {
  const whole = content.kind !== 'revoked' && content.kind !== 'ciphertext' && content.kind !== 'notice';
  const mine = key.fromMe;
  return {
    reply: whole,
    forward: whole && !('viewOnce' in content && content.viewOnce === true),
    edit: whole && mine && editable.has(content.kind) && now - at < editSeconds,
    revoke: whole && (mine || (isGroup(chat.id) && isAdminOf(view, chat))),
    cancel: mine && content.kind === 'event' && content.cancelled !== true,
  };
}
