import { useEffect, useState } from 'react';
import type { ChatView } from '../../network/phone-view.ts';
import type { WireContact } from '../../wire/stanzas.ts';
import { performAct } from '../api/phones-api.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Button } from '../parts/button.tsx';
import { Field, Form, Problem, TextField } from '../parts/form.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { digitsOf, findContact, formatPhone } from '../state/people.ts';
import { useAct } from '../state/use-act.ts';
import { useSpeech } from '../words/speech.tsx';

export function PersonInfo({ chat, close }: { chat: ChatView; close: () => void }) {
  const { t } = useSpeech();
  const { phone } = usePhone();
  const contact = findContact(phone, chat.id);
  const about = useAbout(phone.account, chat.id);
  return (
    <>
      <div className="profile-top">
        <Avatar id={chat.id} name={chat.title} picture={chat.pictureUrl} size="large" />
        <p className="profile-name" dir="auto">
          {chat.title}
        </p>
      </div>
      <dl className="facts">
        <dt>{t('profile.number')}</dt>
        <dd>{contact?.phone === undefined && chat.id.endsWith('@lid') ? t('person.hidden') : <bdi dir="ltr">{formatPhone(digitsOf(contact?.phone ?? chat.id))}</bdi>}</dd>
        {contact !== undefined && (
          <>
            <dt>{t('profile.lid')}</dt>
            <dd dir="ltr">{digitsOf(contact.lid)}</dd>
          </>
        )}
        {contact?.pushName !== undefined && (
          <>
            <dt>{t('person.ownName')}</dt>
            <dd dir="auto">{contact.pushName}</dd>
          </>
        )}
        {about !== null && about !== '' && (
          <>
            <dt>{t('profile.about')}</dt>
            <dd dir="auto">{about}</dd>
          </>
        )}
      </dl>
      <SaveContact contact={contact} chat={chat} close={close} />
      {phone.isBusiness && contact !== undefined && <ContactNote contact={contact} />}
    </>
  );
}

function useAbout(account: string, person: string): string | null {
  const [about, setAbout] = useState<string | null>(null);
  useEffect(() => {
    performAct(account, 'contact.about', { person }).then(
      (value) => setAbout(value.about),
      // Not everyone lets everyone read it: then it is not shown.
      () => setAbout(null),
    );
  }, [account, person]);
  return about;
}

function SaveContact({ contact, chat, close }: { contact: WireContact | undefined; chat: ChatView; close: () => void }) {
  const { t } = useSpeech();
  const { say } = useToasts();
  const { perform } = usePhone();
  const act = useAct();
  const forgetting = useAct();
  const [name, setName] = useState(contact?.name ?? '');
  const digits = contact?.phone ?? (chat.id.endsWith('@c.us') ? chat.id : undefined);
  if (digits === undefined) return null;
  const save = (): Promise<unknown> => perform('contact.save', { phone: digitsOf(digits), firstName: name.trim() });
  const forget = async (): Promise<void> => {
    await perform('contact.forget', { person: chat.id });
    close();
  };
  return (
    <>
      <Form act={act} submit={save} done={() => say(t('form.saved'))} label={t('person.save')} disabled={name.trim() === '' || name.trim() === contact?.name}>
        <Field label={t('person.savedAs')} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
      </Form>
      {contact?.name !== undefined && <Button onClick={() => void forgetting.run(forget)}>{t('person.forget')}</Button>}
      <Problem text={forgetting.problem} />
    </>
  );
}

function ContactNote({ contact }: { contact: WireContact }) {
  const { t } = useSpeech();
  const { say } = useToasts();
  const { perform } = usePhone();
  const act = useAct();
  const [note, setNote] = useState(contact.note ?? '');
  return (
    <Form act={act} submit={() => perform('contact.note', { person: contact.id, note })} done={() => say(t('form.saved'))} label={t('form.save')} disabled={note === (contact.note ?? '')}>
      <TextField label={t('person.note')} value={note} maxLength={5_000} onChange={(event) => setNote(event.target.value)} />
    </Form>
  );
}
