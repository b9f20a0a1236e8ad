import { useState } from 'react';
import type { ChatView } from '../../network/phone-view.ts';
import { Empty } from '../parts/empty.tsx';
import { Icon } from '../parts/icon.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { useSpeech } from '../words/speech.tsx';
import { ChatRow } from './chat-row.tsx';
import { sortChats } from './sort-chats.ts';

export function ChatList({ open }: { open: string | undefined }) {
  const { t } = useSpeech();
  const { phone, openDialog } = usePhone();
  const [wanted, setWanted] = useState('');
  const [archived, setArchived] = useState(false);
  const needle = wanted.trim().toLowerCase();
  const all = sortChats(phone.chats);
  const inArchive = all.filter((chat) => chat.archived === true);
  const shown = needle === '' ? all.filter((chat) => (chat.archived === true) === archived) : all.filter((chat) => matches(chat, needle));
  if (phone.chats.length === 0) {
    return <Empty icon="chat" title={t('chats.none')} text={t('chats.noneText')} label={t('chats.new')} act={() => openDialog({ kind: 'new-chat' })} />;
  }
  return (
    <>
      <div className="chat-search">
        <Icon name="search" size={18} />
        <input type="search" aria-label={t('chats.search')} placeholder={t('chats.search')} dir="auto" value={wanted} onChange={(event) => setWanted(event.target.value)} />
      </div>
      {needle === '' && (inArchive.length > 0 || archived) && (
        <button type="button" className="archive-line" aria-pressed={archived} onClick={() => setArchived(!archived)}>
          <Icon name={archived ? 'back' : 'archive'} size={18} />
          <span>{archived ? t('chats.backFromArchive') : t('chats.archived')}</span>
          {!archived && <span className="muted">{inArchive.length}</span>}
        </button>
      )}
      <ul className="chat-list" aria-label={t('chats.title')}>
        {shown.map((chat) => (
          <ChatRow key={chat.id} chat={chat} open={chat.id === open} />
        ))}
      </ul>
      {shown.length === 0 && <p className="list-none">{needle === '' ? t('chats.noneHere') : t('chats.noneFound')}</p>}
    </>
  );
}

const matches = (chat: ChatView, needle: string): boolean => chat.title.toLowerCase().includes(needle) || chat.id.includes(needle.replace(/[+\s]/g, '')) || (chat.last?.text.toLowerCase().includes(needle) ?? false);
