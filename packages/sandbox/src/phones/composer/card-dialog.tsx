import { useState } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { Field, Form } from '../parts/form.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { usePart } from '../state/use-phones.ts';
import { contactName, digitsOf, findContact, formatPhone, readPhone } from '../state/people.ts';
import { PeopleList } from '../chats/people-list.tsx';
import { useAct } from '../state/use-act.ts';
import { writeCard } from '../thread/read-card.ts';
import { UserProblem } from '../words/describe-failure.ts';
import { useSpeech } from '../words/speech.tsx';
import { useSay } from './use-say.ts';

/** A contact card: of somebody known, or typed. */
export function CardDialog({ close }: { close: () => void }) {
  const { t } = useSpeech();
  const { say } = useSay();
  const { phone } = usePhone();
  const phones = usePart((state) => state.phones);
  const act = useAct();
  const [name, setName] = useState('');
  const [number, setNumber] = useState('');
  const choose = (jid: string): void => {
    const contact = findContact(phone, jid);
    const other = phones.find(({ account, phone: digits }) => jid === `${account}@lid` || jid === `${digits}@c.us`);
    const digits = contact?.phone === undefined ? other?.phone : digitsOf(contact.phone);
    setName(contact === undefined ? (other?.name ?? '') : contactName(contact));
    setNumber(digits === undefined ? '' : formatPhone(digits));
  };
  const send = async (): Promise<void> => {
    const digits = readPhone(number);
    if (digits === undefined) throw new UserProblem(t('form.badNumber'));
    say({ kind: 'contacts', cards: [{ name: name.trim(), vcard: writeCard(name.trim(), digits) }] });
  };
  return (
    <Dialog title={t('kind.contacts')} close={close}>
      <Form act={act} submit={send} done={close} label={t('composer.send')} disabled={name.trim() === '' || number.trim() === ''}>
        <PeopleList choose={choose} />
        <Field label={t('add.name')} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        <Field label={t('profile.number')} inputMode="tel" dir="ltr" value={number} onChange={(event) => setNumber(event.target.value)} />
      </Form>
    </Dialog>
  );
}
