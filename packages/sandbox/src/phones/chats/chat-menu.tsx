import { useCallback, useState } from 'react';
import type { ChatView } from '../../network/phone-view.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Menu, type MenuItem } from '../parts/menu.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { isGroup } from '../state/people.ts';
import { useNow } from '../state/use-now.ts';
import { useSpeech } from '../words/speech.tsx';
import { DisappearDialog } from './disappear-dialog.tsx';
import { LabelsDialog } from './labels-dialog.tsx';
import { MuteDialog } from './mute-dialog.tsx';
import { isMuted } from './sort-chats.ts';

type Asking = 'mute' | 'disappear' | 'labels' | 'clear' | 'delete' | 'block' | 'leave';

/** What can be done to a chat as a whole; `more` are the acts of where it stands. */
export function ChatMenu({ chat, more = [], className = '' }: { chat: ChatView; more?: readonly MenuItem[]; className?: string }) {
  const { t } = useSpeech();
  const [asking, setAsking] = useState<Asking | undefined>(undefined);
  const stop = useCallback(() => setAsking(undefined), []);
  const items = useItems(chat, setAsking);
  return (
    <>
      <Menu label={t('chats.acts', { name: chat.title })} icon="more" className={className} items={[...more, ...items]} />
      {asking !== undefined && <Asked asking={asking} chat={chat} close={stop} />}
    </>
  );
}

function useItems(chat: ChatView, ask: (asking: Asking) => void): (MenuItem | false)[] {
  const { t } = useSpeech();
  const { attempt } = useToasts();
  const { phone, perform } = usePhone();
  const { id } = chat;
  const archived = chat.archived === true;
  const pinned = (chat.pinnedAt ?? 0) > 0;
  const unread = chat.unread > 0 || chat.markedUnread === true;
  const muted = isMuted(chat, useNow());
  const group = isGroup(id);
  const member = group && chat.group?.left !== true;
  return [
    { label: archived ? t('chats.unarchive') : t('chats.archive'), icon: 'archive', act: () => attempt(() => perform('chat.archive', { chat: id, archived: !archived })) },
    { label: pinned ? t('chats.unpin') : t('chats.pin'), icon: 'pin', act: () => attempt(() => perform('chat.pin', { chat: id, pinned: !pinned })) },
    muted ? { label: t('chats.unmute'), icon: 'mute', act: () => attempt(() => perform('chat.mute', { chat: id, until: 0 })) } : { label: t('chats.mute'), icon: 'mute', act: () => ask('mute') },
    { label: unread ? t('chats.markRead') : t('chats.markUnread'), icon: 'unread', act: () => attempt(() => (unread ? readAll() : perform('chat.markUnread', { chat: id, unread: true }))) },
    { label: t('chats.disappearing'), icon: 'timer', act: () => ask('disappear') },
    phone.isBusiness && { label: t('labels.title'), icon: 'label', act: () => ask('labels') },
    { label: t('chats.clear'), icon: 'close', act: () => ask('clear') },
    !group && { label: chat.blocked === true ? t('chats.unblock') : t('chats.block'), icon: 'block', danger: chat.blocked !== true, act: () => (chat.blocked === true ? unblock() : ask('block')) },
    member && { label: t('group.leave'), icon: 'leave', danger: true, act: () => ask('leave') },
    { label: t('chats.delete'), icon: 'trash', danger: true, act: () => ask('delete') },
  ];

  function unblock(): void {
    attempt(() => perform('contact.block', { person: id, blocked: false }));
  }
  async function readAll(): Promise<void> {
    if (chat.unread > 0) await perform('message.read', { chat: id });
    if (chat.markedUnread === true) await perform('chat.markUnread', { chat: id, unread: false });
  }
}

function Asked({ asking, chat, close }: { asking: Asking; chat: ChatView; close: () => void }) {
  const { t } = useSpeech();
  const { perform, closeChat } = usePhone();
  const { id, title: name } = chat;
  switch (asking) {
    case 'mute':
      return <MuteDialog chat={chat} close={close} />;
    case 'disappear':
      return <DisappearDialog chat={chat} close={close} />;
    case 'labels':
      return <LabelsDialog chat={chat} close={close} />;
    case 'clear':
      return <Confirm title={t('chats.clearTitle', { name })} text={t('chats.clearText')} label={t('chats.clear')} close={close} act={() => perform('chat.clear', { chat: id, keepStarred: true })} />;
    case 'block':
      return <Confirm title={t('chats.blockTitle', { name })} text={t('chats.blockText')} label={t('chats.block')} close={close} act={() => perform('contact.block', { person: id, blocked: true })} />;
    case 'leave':
      return <Confirm title={t('group.leaveTitle', { name })} text={t('group.leaveText')} label={t('group.leave')} close={close} act={() => perform('group.leave', { group: id })} />;
    case 'delete':
      return (
        <Confirm
          title={t('chats.deleteTitle', { name })}
          text={t('chats.deleteText')}
          label={t('chats.delete')}
          close={close}
          act={async () => {
            await perform('chat.delete', { chat: id });
            closeChat();
          }}
        />
      );
  }
}
