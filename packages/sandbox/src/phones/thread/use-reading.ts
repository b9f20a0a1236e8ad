import { useEffect, useState } from 'react';
import type { ChatView } from '../../network/phone-view.ts';
import { usePhone } from '../phone/phone-context.ts';
import { usePhones } from '../state/use-phones.ts';

/**
 * Whoever looks at a chat reads it: as long as it is open and the page is in front. Answers how many were unread
 * when it was opened, which is where the line is drawn.
 */
export function useReading(chat: ChatView): number {
  const phones = usePhones();
  const { phone } = usePhone();
  const [unreadAtFirst] = useState(chat.unread);
  const [seen, setSeen] = useState(document.visibilityState === 'visible');
  useEffect(() => {
    const look = (): void => setSeen(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  const { account, online } = phone;
  const { id, unread } = chat;
  const [markedAtFirst] = useState(chat.markedUnread === true);
  useEffect(() => {
    if (!seen || unread === 0) return;
    // Nothing is asked of a person here: what cannot be read now is read when the chat is opened again.
    phones.perform(account, 'message.read', { chat: id }).catch(() => undefined);
  }, [phones, account, online, id, unread, seen]);
  useEffect(() => {
    // Only as it was when it was opened: who marks it as unread while it is open means it.
    if (!markedAtFirst) return;
    phones.perform(account, 'chat.markUnread', { chat: id, unread: false }).catch(() => undefined);
  }, [phones, account, id, markedAtFirst]);
  return unreadAtFirst;
}
