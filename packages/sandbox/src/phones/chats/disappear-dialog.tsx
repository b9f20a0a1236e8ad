import { useState } from 'react';
import type { ChatView } from '../../network/phone-view.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Choice, Form } from '../parts/form.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { useAct } from '../state/use-act.ts';
import { useSpeech } from '../words/speech.tsx';
import { disappearKeys, type Disappears } from './disappear-lengths.ts';

export function DisappearDialog({ chat, close }: { chat: ChatView; close: () => void }) {
  const { t } = useSpeech();
  const { perform } = usePhone();
  const act = useAct();
  const now = String(chat.disappearsAfter ?? 0);
  const [after, setAfter] = useState<Disappears>(disappearKeys.find(([value]) => value === now)?.[0] ?? '0');
  return (
    <Dialog title={t('chats.disappearing')} close={close}>
      <Form act={act} submit={() => perform('chat.disappear', { chat: chat.id, after: Number(after) })} done={close} label={t('form.save')}>
        <p className="dialog-text">{t('disappear.text')}</p>
        <Choice label={t('disappear.after')} value={after} choices={disappearKeys.map(([value, key]) => ({ value, label: t(key) }))} choose={setAfter} />
      </Form>
    </Dialog>
  );
}
