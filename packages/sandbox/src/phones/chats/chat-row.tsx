import type { ChatView } from '../../network/phone-view.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { isGroup } from '../state/people.ts';
import { useNow } from '../state/use-now.ts';
import { summaryOf } from '../thread/summary.ts';
import { Ticks } from '../thread/ticks.tsx';
import { useSpeech } from '../words/speech.tsx';
import { sameDay } from '../words/times.ts';
import { ChatMenu } from './chat-menu.tsx';
import { isMuted } from './sort-chats.ts';

export function ChatRow({ chat, open }: { chat: ChatView; open: boolean }) {
  const { openChat } = usePhone();
  const bold = chat.unread > 0 || chat.markedUnread === true;
  return (
    <li className={`chat-row ${open ? 'chat-row-open' : ''} ${bold ? 'chat-row-unread' : ''}`}>
      <button type="button" className="chat-open" data-chat={chat.id} aria-current={open} onClick={() => openChat(chat.id)}>
        <Avatar id={chat.id} name={chat.title} picture={chat.pictureUrl} group={isGroup(chat.id)} />
        <span className="chat-text">
          <span className="chat-line">
            <span className="chat-title">
              <bdi>{chat.title}</bdi>
            </span>
            <LastTime chat={chat} />
          </span>
          <span className="chat-line">
            <Preview chat={chat} />
            <Marks chat={chat} />
          </span>
        </span>
      </button>
      <ChatMenu chat={chat} className="chat-menu" />
    </li>
  );
}

function LastTime({ chat }: { chat: ChatView }) {
  const { times } = useSpeech();
  const now = useNow();
  const at = chat.last?.at ?? chat.at;
  if (at === 0) return null;
  return <time className="chat-time">{sameDay(at, now) ? times.clock(at) : times.day(at)}</time>;
}

function Preview({ chat }: { chat: ChatView }) {
  const { t } = useSpeech();
  const [typing] = chat.typing;
  if (typing !== undefined) return <span className="chat-preview typing-now">{isGroup(chat.id) ? t('thread.typingName', { name: typing }) : t('thread.typing')}</span>;
  if (chat.last === undefined) return <span className="chat-preview" />;
  const last = summaryOf(chat.last.content, t);
  return (
    <span className="chat-preview">
      {chat.last.fromMe && <Ticks ack={chat.last.ack} />}
      <bdi>{last}</bdi>
    </span>
  );
}

function Marks({ chat }: { chat: ChatView }) {
  const { t } = useSpeech();
  const now = useNow();
  const marks = [
    chat.blocked === true && { icon: 'block' as const, label: t('chats.isBlocked') },
    isMuted(chat, now) && { icon: 'mute' as const, label: t('chats.isMuted') },
    (chat.pinnedAt ?? 0) > 0 && { icon: 'pin' as const, label: t('chats.isPinned') },
    (chat.disappearsAfter ?? 0) > 0 && { icon: 'timer' as const, label: t('chats.disappears') },
  ].filter((mark) => mark !== false);
  return (
    <span className="chat-marks">
      {marks.map(({ icon, label }) => (
        <span key={icon} role="img" aria-label={label} title={label}>
          <Icon name={icon} size={16} />
        </span>
      ))}
      {chat.unread > 0 ? (
        <span className="badge">
          <span aria-hidden>{chat.unread > 99 ? '99+' : chat.unread}</span>
          <span className="unseen">{t('chats.unread', { count: chat.unread })}</span>
        </span>
      ) : (
        chat.markedUnread === true && <span className="badge badge-dot" role="img" aria-label={t('chats.isMarkedUnread')} />
      )}
    </span>
  );
}
