import { useState } from 'react';
import type { AccountView } from '../../network/phone-view.ts';
import { ChatList } from '../chats/chat-list.tsx';
import { Avatar } from '../parts/avatar.tsx';
import { IconButton } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { currentChat } from '../state/people.ts';
import type { View } from '../state/use-view.ts';
import { Conversation } from '../thread/conversation.tsx';
import { useSpeech } from '../words/speech.tsx';
import { CallStrip } from './call-strip.tsx';
import { PhoneContext } from './phone-context.ts';
import type { PhoneDialog } from './phone-dialog.ts';
import { PhoneDialogs } from './phone-dialogs.tsx';
import { PhoneHead } from './phone-head.tsx';
import { useFocusOfChat } from './use-focus-of-chat.ts';

interface PaneProps {
  phone: AccountView;
  chat: string | undefined;
  view: View;
  /** The only phone on the screen: it need not be closed. */
  alone: boolean;
  scan: (text: string, account?: string) => void;
}

/** One phone. Wide enough it shows its chats beside the open one, else one of them at a time. */
export function Pane({ phone, chat, view, alone, scan }: PaneProps) {
  const { t } = useSpeech();
  const [dialog, setDialog] = useState<PhoneDialog | undefined>(undefined);
  const { account } = phone;
  const current = chat === undefined ? undefined : currentChat(phone, chat);
  const active = (): void => view.setActive(account);
  const pane = useFocusOfChat(current);
  return (
    <PhoneContext value={{ phone, openChat: (jid) => view.openChat(account, jid), closeChat: () => view.closeChat(account), openDialog: setDialog }}>
      <section ref={pane} className="pane" aria-label={t('phone.of', { name: phone.name })} onFocusCapture={active} onPointerDownCapture={active}>
        <div className={current === undefined ? 'handset' : 'handset handset-chatting'}>
          {current !== undefined && (
            <div className="whose">
              <Avatar id={account} name={phone.name} picture={phone.pictureUrl} size="small" />
              <span className="whose-name">
                <bdi>{phone.name}</bdi>
              </span>
              {!phone.online && <span className="tag">{t('phone.offline')}</span>}
              {!alone && <IconButton icon="close" label={t('rail.hide')} className="close-pane" onClick={() => view.hide(account)} />}
            </div>
          )}
          <div className="handset-chats">
            <PhoneHead alone={alone} close={() => view.hide(account)} scan={() => scan('', account)} />
            <ChatList open={current} />
          </div>
          <div className="handset-thread">
            {current === undefined ? <Empty icon="chat" title={t('chats.pick')} text={t('chats.pickText')} /> : <Conversation key={current} chat={current} />}
          </div>
          <CallStrip />
        </div>
        {dialog !== undefined && <PhoneDialogs dialog={dialog} close={() => setDialog(undefined)} scan={() => scan('', account)} />}
      </section>
    </PhoneContext>
  );
}
