import { useState } from 'react';
import type { ThreadMessage } from '../../network/phone-view.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Problem } from '../parts/form.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { useAct } from '../state/use-act.ts';
import { useSpeech } from '../words/speech.tsx';
import { PickChats } from './pick-chats.tsx';
import { refOf } from './message-ref.ts';

export function ForwardDialog({ message, close }: { message: ThreadMessage; close: () => void }) {
  const { t } = useSpeech();
  const { say } = useToasts();
  const { perform } = usePhone();
  const act = useAct();
  const [sentTo, setSentTo] = useState<readonly string[]>([]);
  const forward = async (to: string): Promise<void> => {
    if (sentTo.includes(to) || act.busy) return;
    if (!(await act.run(() => perform('message.forward', { messages: [refOf(message)], to })))) return;
    setSentTo([...sentTo, to]);
    say(t('forward.done'));
  };
  return (
    <Dialog title={t('forward.title')} close={close}>
      <p className="dialog-text">{t('forward.text')}</p>
      <Problem text={act.problem} />
      <PickChats chosen={sentTo} choose={(to) => void forward(to)} />
    </Dialog>
  );
}
