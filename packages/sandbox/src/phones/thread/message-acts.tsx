import { useCallback, useState } from 'react';
import type { ThreadMessage } from '../../network/phone-view.ts';
import { Menu, type MenuItem } from '../parts/menu.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { useNow } from '../state/use-now.ts';
import { useSpeech } from '../words/speech.tsx';
import { useConversation } from './conversation-context.ts';
import { moreEmoji, quickEmoji } from './emoji.ts';
import { ForwardDialog } from './forward-dialog.tsx';
import { InfoDialog } from './info-dialog.tsx';
import { refOf } from './message-ref.ts';
import { textOf } from './text-of.ts';
import { whatMayBeDone } from './what-may-be-done.ts';

type Asking = 'forward' | 'info';
const pinSeconds = 604_800;

/** Beside each bubble: a reaction, and everything else. */
export function MessageActs({ message }: { message: ThreadMessage }) {
  const { t } = useSpeech();
  const { attempt } = useToasts();
  const { perform } = usePhone();
  const { thread } = useConversation();
  const [asking, setAsking] = useState<Asking | undefined>(undefined);
  const stop = useCallback(() => setAsking(undefined), []);
  const items = useItems(message, setAsking);
  if (thread.outgoing.has(message.key.id)) return null;
  const react = (emoji: string): void => attempt(() => perform('message.react', { message: refOf(message), emoji }));
  const quick = quickEmoji.map((emoji) => ({ label: emoji, emoji: true, act: () => react(emoji) }));
  return (
    <div className="message-acts">
      {message.content.kind !== 'revoked' && <Menu label={t('thread.react')} icon="react" className="react" items={[...quickEmoji, ...moreEmoji].map((emoji) => ({ label: emoji, emoji: true, act: () => react(emoji) }))} />}
      <Menu label={t('thread.acts')} icon="more" items={message.content.kind === 'revoked' ? items : [...quick, ...items]} />
      {asking === 'forward' && <ForwardDialog message={message} close={stop} />}
      {asking === 'info' && <InfoDialog message={message} close={stop} />}
    </div>
  );
}

function useItems(message: ThreadMessage, ask: (asking: Asking) => void): (MenuItem | false)[] {
  const { t } = useSpeech();
  const { attempt, say } = useToasts();
  const { phone, perform } = usePhone();
  const { chat, quote, edit } = useConversation();
  const now = useNow();
  const ref = refOf(message);
  const may = whatMayBeDone({ view: phone, chat, now }, message);
  const text = textOf(message.content);
  const starred = message.starred === true;
  const pinned = (message.pinnedUntil ?? 0) > now;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    say(t('thread.copied'));
  };
  return [
    may.reply && { label: t('thread.reply'), icon: 'reply', act: () => quote(message) },
    may.forward && { label: t('thread.forward'), icon: 'forward', act: () => ask('forward') },
    text !== '' && { label: t('thread.copy'), icon: 'copy', act: () => attempt(copy) },
    may.edit && { label: t('thread.edit'), icon: 'edit', act: () => edit(message) },
    may.forward && { label: starred ? t('thread.unstar') : t('thread.star'), icon: 'star', act: () => attempt(() => perform('message.star', { messages: [ref], starred: !starred })) },
    may.forward && { label: pinned ? t('chats.unpin') : t('thread.pin'), icon: 'pin', act: () => attempt(() => perform('message.pin', { message: ref, forSeconds: pinned ? 0 : pinSeconds })) },
    may.cancel && { label: t('event.cancel'), icon: 'calendar', danger: true, act: () => attempt(cancelEvent) },
    message.key.fromMe && { label: t('thread.messageInfo'), icon: 'info', act: () => ask('info') },
    { label: t('thread.hide'), icon: 'trash', act: () => attempt(() => perform('message.hide', { messages: [ref] })) },
    may.revoke && { label: t('thread.revoke'), icon: 'trash', danger: true, act: () => attempt(() => perform('message.revoke', { message: ref })) },
  ];

  async function cancelEvent(): Promise<void> {
    if (message.content.kind === 'event') await perform('message.editEvent', { message: ref, event: { ...message.content, cancelled: true } });
  }
}
