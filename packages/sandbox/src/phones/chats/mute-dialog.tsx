import { useState } from 'react';
import type { ChatView } from '../../network/phone-view.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Choice, Form } from '../parts/form.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { useAct } from '../state/use-act.ts';
import { useSpeech } from '../words/speech.tsx';

const hour = 3_600;
const lengths = { hours: 8 * hour, week: 7 * 24 * hour, always: -1 } as const;

export function MuteDialog({ chat, close }: { chat: ChatView; close: () => void }) {
  const { t } = useSpeech();
  const { perform } = usePhone();
  const act = useAct();
  const [length, setLength] = useState<keyof typeof lengths>('hours');
  const mute = (): Promise<unknown> => perform('chat.mute', { chat: chat.id, until: lengths[length] === -1 ? -1 : Math.floor(Date.now() / 1_000) + lengths[length] });
  return (
    <Dialog title={t('chats.mute')} close={close}>
      <Form act={act} submit={mute} done={close} label={t('chats.mute')}>
        <Choice
          label={t('mute.howLong')}
          value={length}
          choices={[
            { value: 'hours', label: t('mute.hours') },
            { value: 'week', label: t('mute.week') },
            { value: 'always', label: t('mute.always') },
          ]}
          choose={setLength}
        />
      </Form>
    </Dialog>
  );
}
