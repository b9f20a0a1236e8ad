import { useState } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { Field, Form } from '../parts/form.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { readPhone } from '../state/people.ts';
import { useAct } from '../state/use-act.ts';
import { UserProblem } from '../words/describe-failure.ts';
import { useSpeech } from '../words/speech.tsx';
import { PeopleList } from './people-list.tsx';

/** By number, from the address book, or with another of the pretend phones. */
export function NewChat({ close }: { close: () => void }) {
  const { t } = useSpeech();
  const { perform, openChat } = usePhone();
  const act = useAct();
  const [number, setNumber] = useState('');
  const [name, setName] = useState('');
  const find = async (): Promise<void> => {
    const phone = readPhone(number);
    if (phone === undefined) throw new UserProblem(t('form.badNumber'));
    const contact = await perform('contact.exists', { person: `${phone}@c.us` });
    if (contact === null) throw new UserProblem(t('chats.notThere'));
    if (name.trim() !== '') await perform('contact.save', { phone, firstName: name.trim() });
    openChat(contact.id);
  };
  return (
    <Dialog title={t('chats.new')} close={close}>
      <Form act={act} submit={find} done={close} label={t('chats.open')} disabled={number.trim() === ''}>
        <Field label={t('chats.byNumber')} inputMode="tel" dir="ltr" value={number} onChange={(event) => setNumber(event.target.value)} />
        <Field label={t('chats.saveAs')} optional value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
      </Form>
      <h3 className="dialog-part">{t('chats.people')}</h3>
      <PeopleList
        choose={(jid) => {
          openChat(jid);
          close();
        }}
      />
    </Dialog>
  );
}
