import type { ChatView } from '../../network/phone-view.ts';

const isPinned = ({ pinnedAt = 0 }: ChatView): boolean => pinnedAt > 0;
const lastAt = (chat: ChatView): number => Math.max(chat.at, chat.last?.at ?? 0);

/** Pinned ones first, the last pinned on top; below them the newest first. */
export const sortChats = (chats: readonly ChatView[]): ChatView[] =>
  chats.toSorted((a, b) => {
    if (isPinned(a) !== isPinned(b)) return isPinned(a) ? -1 : 1;
    return isPinned(a) ? (b.pinnedAt ?? 0) - (a.pinnedAt ?? 0) : lastAt(b) - lastAt(a);
  });

/** Muted for ever is -1. */
export const isMuted = ({ mutedUntil = 0 }: { mutedUntil?: number }, nowSeconds: number): boolean => mutedUntil === -1 || mutedUntil > nowSeconds;
