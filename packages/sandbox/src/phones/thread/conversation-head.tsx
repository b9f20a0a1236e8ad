import { useCallback, useState } from 'react';
import { ChatInfo } from '../chats/chat-info.tsx';
import { ChatMenu } from '../chats/chat-menu.tsx';
import { Avatar } from '../parts/avatar.tsx';
import { IconButton } from '../parts/button.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { findContact, formatAddress, isGroup, isMe, isPerson, personName } from '../state/people.ts';
import { useSpeech } from '../words/speech.tsx';
import { useConversation } from './conversation-context.ts';

export function ConversationHead() {
  const { t } = useSpeech();
  const { attempt } = useToasts();
  const { perform, closeChat } = usePhone();
  const { chat } = useConversation();
  const [informing, setInforming] = useState(false);
  const stop = useCallback(() => setInforming(false), []);
  const ring = (video: boolean): void => attempt(() => perform('call.offer', { to: chat.id, video }));
  const callable = isPerson(chat.id) || (isGroup(chat.id) && chat.group?.left !== true);
  return (
    <header className="conversation-head">
      <IconButton icon="back" label={t('thread.toChats')} className="back-to-chats" onClick={closeChat} />
      <h2 className="conversation-heading">
        <button type="button" className="conversation-who" onClick={() => setInforming(true)}>
          <Avatar id={chat.id} name={chat.title} picture={chat.pictureUrl} group={isGroup(chat.id)} />
          <span className="conversation-names">
            <bdi className="conversation-title">{chat.title}</bdi>
            <Under />
            <span className="unseen">{t('thread.information')}</span>
          </span>
        </button>
      </h2>
      {callable && <IconButton icon="phone" label={t('call.ring')} onClick={() => ring(false)} />}
      {callable && <IconButton icon="video" label={t('call.ringVideo')} onClick={() => ring(true)} />}
      <ChatMenu chat={chat} more={[{ label: t('thread.information'), icon: 'info', act: () => setInforming(true) }]} />
      {informing && <ChatInfo chat={chat} close={stop} />}
    </header>
  );
}

/** Who types, who is in it, or by which number this goes. */
function Under() {
  const { t } = useSpeech();
  const { phone } = usePhone();
  const { chat } = useConversation();
  const [typing] = chat.typing;
  if (typing !== undefined) return <span className="muted typing-now">{isGroup(chat.id) ? t('thread.typingName', { name: chat.typing.join(', ') }) : t('thread.typing')}</span>;
  if (chat.group !== undefined) return <bdi className="muted cut">{chat.group.participants.map(({ id }) => (isMe(phone, id) ? t('thread.you') : personName(phone, id))).join(', ')}</bdi>;
  if (!isPerson(chat.id)) return null;
  const number = formatAddress(findContact(phone, chat.id)?.phone ?? chat.id);
  // Whoever has no name yet is called by the number already.
  if (number === chat.title) return null;
  return (
    <bdi dir="ltr" className="muted cut">
      {number}
    </bdi>
  );
}
