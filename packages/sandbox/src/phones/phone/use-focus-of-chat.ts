import { useEffect, useRef, type RefObject } from 'react';

/**
 * Whoever closes a chat stands in the list where it was opened. Whoever opens one stands at its head, unless its
 * box has taken the focus already, which it leaves to phones with a keyboard.
 */
export function useFocusOfChat(chat: string | undefined): RefObject<HTMLElement | null> {
  const pane = useRef<HTMLElement>(null);
  const before = useRef(chat);
  useEffect(() => {
    const last = before.current;
    before.current = chat;
    if (chat === last) return;
    if (chat === undefined) pane.current?.querySelector<HTMLElement>(`[data-chat="${CSS.escape(last ?? '')}"]`)?.focus();
    else if (!matchMedia('(hover: hover)').matches) pane.current?.querySelector<HTMLElement>('.conversation-who')?.focus();
  }, [chat]);
  return pane;
}
