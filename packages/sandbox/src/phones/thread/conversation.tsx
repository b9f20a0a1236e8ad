import { useCallback, useMemo, useState } from 'react';
import type { AccountView, ChatView, ThreadMessage } from '../../network/phone-view.ts';
import { Composer } from '../composer/composer.tsx';
import { DropFiles } from '../composer/drop-files.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { findChat, isGroup, isPerson, statusJid } from '../state/people.ts';
import { useSpeech } from '../words/speech.tsx';
import { ConversationContext } from './conversation-context.ts';
import { ConversationHead } from './conversation-head.tsx';
import { Pinned } from './pinned.tsx';
import { Thread } from './thread.tsx';
import { useReading } from './use-reading.ts';
import { useThread } from './use-thread.ts';
import { isAdminOf } from './what-may-be-done.ts';

/** A chat that is open: what was said, and where more is said. */
export function Conversation({ chat: jid }: { chat: string }) {
  const { phone } = usePhone();
  const { t } = useSpeech();
  const chat = useMemo(() => (jid === statusJid ? { ...findChat(phone, jid), title: t('status.title') } : findChat(phone, jid)), [phone, jid, t]);
  const thread = useThread(phone.account, jid);
  const [about, setAbout] = useState<{ quoted?: ThreadMessage; edited?: ThreadMessage }>({});
  const [files, setFiles] = useState<readonly File[]>([]);
  const unreadAtFirst = useReading(chat);
  const quote = useCallback((message: ThreadMessage | undefined) => setAbout(message === undefined ? {} : { quoted: message }), []);
  const edit = useCallback((message: ThreadMessage | undefined) => setAbout(message === undefined ? {} : { edited: message }), []);
  const value = useMemo(
    () => ({ chat, thread, quoted: about.quoted, edited: about.edited, quote, edit, files, setFiles }),
    [chat, thread, about, quote, edit, files],
  );
  return (
    <ConversationContext value={value}>
      <DropFiles>
        <ConversationHead />
        <Pinned />
        <Thread unread={unreadAtFirst} />
        <Foot chat={chat} />
      </DropFiles>
    </ConversationContext>
  );
}

function Foot({ chat }: { chat: ChatView }) {
  const { t } = useSpeech();
  const { phone } = usePhone();
  const silence = silenceOf(phone, chat);
  return silence === undefined ? <Composer /> : <p className="silence">{t(silence)}</p>;
}

/** Why nothing can be said here. */
function silenceOf(view: AccountView, chat: ChatView): 'silence.left' | 'silence.admins' | 'silence.blocked' | 'silence.readOnly' | undefined {
  if (!isGroup(chat.id)) return isPerson(chat.id) ? (chat.blocked === true ? 'silence.blocked' : undefined) : 'silence.readOnly';
  if (chat.group?.left === true) return 'silence.left';
  return chat.group?.announce === true && !isAdminOf(view, chat) ? 'silence.admins' : undefined;
}
