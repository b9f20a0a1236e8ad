import type { ChatView } from '../../network/phone-view.ts';
import { Dialog } from '../parts/dialog.tsx';
import { isPerson } from '../state/people.ts';
import { useSpeech } from '../words/speech.tsx';
import { GroupInfo } from './group-info.tsx';
import { PersonInfo } from './person-info.tsx';

export function ChatInfo({ chat, close }: { chat: ChatView; close: () => void }) {
  const { t } = useSpeech();
  return (
    <Dialog title={t('thread.information')} close={close}>
      {chat.group !== undefined && <GroupInfo chat={chat} group={chat.group} />}
      {isPerson(chat.id) && <PersonInfo chat={chat} close={close} />}
      {chat.group === undefined && !isPerson(chat.id) && <p className="dialog-text">{t('silence.readOnly')}</p>}
    </Dialog>
  );
}
