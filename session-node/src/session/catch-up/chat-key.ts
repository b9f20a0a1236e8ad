import type { Chat } from '@waxos/contract/node-link/identities';

/** One name for a chat. A LID that becomes known later gives it another, after which what was told is told once more. */
export const chatKey = (chat: Chat): string => (chat.kind === 'group' ? `group:${chat.group}` : chat.person.lid === undefined ? `phone:${chat.person.phone ?? ''}` : `lid:${chat.person.lid}`);
