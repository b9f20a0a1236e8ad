import { useState } from 'react';
import { Avatar } from '../parts/avatar.tsx';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Choice, Field, Form, Problem } from '../parts/form.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { formatPhone, readPhone } from '../state/people.ts';
import { useAct } from '../state/use-act.ts';
import { UserProblem } from '../words/describe-failure.ts';
import { useSpeech } from '../words/speech.tsx';
import { usePhone } from './phone-context.ts';
import { PictureButton } from './picture-button.tsx';

export function ProfileDialog({ close }: { close: () => void }) {
  const { t } = useSpeech();
  const { phone } = usePhone();
  return (
    <Dialog title={t('profile.title')} close={close}>
      <div className="profile-top">
        <Avatar id={phone.account} name={phone.name} picture={phone.pictureUrl} size="large" />
        <PictureButton of={`${phone.account}@lid`} has={phone.pictureUrl !== undefined} />
      </div>
      <dl className="facts">
        <dt>{t('profile.number')}</dt>
        <dd dir="ltr">{formatPhone(phone.phone)}</dd>
        <dt>{t('profile.lid')}</dt>
        <dd dir="ltr">{phone.account}</dd>
      </dl>
      <NameAndAbout />
      <Addressing />
      <ChangeNumber />
    </Dialog>
  );
}

function NameAndAbout() {
  const { t } = useSpeech();
  const { say } = useToasts();
  const { phone, perform } = usePhone();
  const act = useAct();
  const [name, setName] = useState(phone.name);
  const [about, setAbout] = useState(phone.about);
  const save = async (): Promise<void> => {
    if (name.trim() !== phone.name) await perform('profile.name', { name: name.trim() });
    if (about !== phone.about) await perform('profile.about', { about });
  };
  const changed = name.trim() !== phone.name || about !== phone.about;
  return (
    <Form act={act} submit={save} done={() => say(t('form.saved'))} label={t('form.save')} disabled={!changed || name.trim() === ''}>
      <Field label={t('profile.name')} value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
      <Field label={t('profile.about')} value={about} maxLength={500} onChange={(event) => setAbout(event.target.value)} />
    </Form>
  );
}

function Addressing() {
  const { t } = useSpeech();
  const { phone, perform } = usePhone();
  const act = useAct();
  return (
    <div className="dialog-section">
      <Choice
        label={t('add.addressing')}
        value={phone.addressing}
        choices={[
          { value: 'phone', label: t('add.byPhone') },
          { value: 'lid', label: t('add.byLid') },
        ]}
        choose={(addressing) => void act.run(() => perform('phone.addressing', { addressing }))}
      />
      <Problem text={act.problem} />
    </div>
  );
}

function ChangeNumber() {
  const { t } = useSpeech();
  const { say } = useToasts();
  const { perform } = usePhone();
  const act = useAct();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const change = async (): Promise<void> => {
    const number = readPhone(typed);
    if (number === undefined) throw new UserProblem(t('form.badNumber'));
    await perform('phone.changeNumber', { phone: number });
  };
  const done = (): void => {
    setTyped('');
    setOpen(false);
    say(t('profile.numberChanged'));
  };
  if (!open) return <Button onClick={() => setOpen(true)}>{t('profile.changeNumber')}</Button>;
  return (
    <Form act={act} submit={change} done={done} label={t('profile.changeNumber')} disabled={typed.trim() === ''}>
      <Field label={t('profile.newNumber')} hint={t('profile.newNumberHint')} inputMode="tel" dir="ltr" autoFocus value={typed} onChange={(event) => setTyped(event.target.value)} />
    </Form>
  );
}
