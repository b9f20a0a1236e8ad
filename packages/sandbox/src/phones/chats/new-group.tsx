import { useState } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { Field, Form } from '../parts/form.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { useAct } from '../state/use-act.ts';
import { useSpeech } from '../words/speech.tsx';
import { PeopleList } from './people-list.tsx';

export function NewGroup({ close }: { close: () => void }) {
  const { t } = useSpeech();
  const { say } = useToasts();
  const { perform, openChat } = usePhone();
  const act = useAct();
  const [subject, setSubject] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const create = async (): Promise<void> => {
    const { group, participants } = await perform('group.create', { subject: subject.trim(), participants: [...chosen] });
    const refused = participants.filter(({ code }) => code !== 200).length;
    if (refused > 0) say(t('group.notAdded', { count: refused }));
    openChat(group.id);
  };
  return (
    <Dialog title={t('group.new')} close={close}>
      <Form act={act} submit={create} done={close} label={t('group.create')} disabled={subject.trim() === ''}>
        <Field label={t('group.subject')} value={subject} maxLength={100} onChange={(event) => setSubject(event.target.value)} />
        <p className="field-label">{t('group.members')}</p>
        <PeopleList chosen={chosen} choose={(jid) => setChosen(chosen.includes(jid) ? chosen.filter((one) => one !== jid) : [...chosen, jid])} />
      </Form>
    </Dialog>
  );
}
