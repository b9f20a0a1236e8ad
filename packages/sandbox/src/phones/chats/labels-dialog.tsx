import { useState } from 'react';
import type { ChatView } from '../../network/phone-view.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { ActCheck, Field, Form, Problem } from '../parts/form.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { useAct } from '../state/use-act.ts';
import { useSpeech } from '../words/speech.tsx';

/** Labels are kept by business accounts only. */
export function LabelsDialog({ chat, close }: { chat: ChatView; close: () => void }) {
  const { t } = useSpeech();
  const { phone, perform } = usePhone();
  const act = useAct();
  const adding = useAct();
  const [name, setName] = useState('');
  const has = new Set(chat.labels ?? []);
  const assign = (id: string, on: boolean): Promise<unknown> => perform('label.assign', { chats: [chat.id], add: on ? [id] : [], remove: on ? [] : [id] });
  return (
    <Dialog title={t('labels.title')} close={close}>
      {phone.labels.length === 0 && <p className="dialog-text">{t('labels.none')}</p>}
      <ul className="plain-list">
        {phone.labels.map((label) => (
          <li key={label.id} className="split">
            <ActCheck label={label.name} checked={has.has(label.id)} change={(on) => act.run(() => assign(label.id, on))} />
            <IconButton icon="trash" label={t('labels.remove', { name: label.name })} onClick={() => void act.run(() => perform('label.remove', { id: label.id }))} />
          </li>
        ))}
      </ul>
      <Problem text={act.problem} />
      <Form act={adding} submit={() => perform('label.save', { name: name.trim(), color: phone.labels.length % 20 })} done={() => setName('')} label={t('labels.add')} disabled={name.trim() === ''}>
        <Field label={t('labels.name')} value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
      </Form>
      <Button onClick={close}>{t('dialog.done')}</Button>
    </Dialog>
  );
}
