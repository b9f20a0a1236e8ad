import { useState } from 'react';
import type { NewPhone } from '../api/phones-api.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Check, Choice, Field, Form, TextField } from '../parts/form.tsx';
import { readPhone } from '../state/people.ts';
import { useAct } from '../state/use-act.ts';
import { usePhones } from '../state/use-phones.ts';
import { UserProblem } from '../words/describe-failure.ts';
import { useSpeech } from '../words/speech.tsx';

const blank = { name: '', phone: '', about: '', business: false, description: '', category: '', addressing: 'phone' as 'phone' | 'lid', platform: 'android' as 'android' | 'iphone', hidesPhone: false, closed: false };
type Typed = typeof blank;

export function AddPhone({ close, added }: { close: () => void; added: (account: string) => void }) {
  const { t } = useSpeech();
  const phones = usePhones();
  const act = useAct();
  const [typed, setTyped] = useState(blank);
  const change = (part: Partial<Typed>): void => setTyped((before) => ({ ...before, ...part }));
  const submit = async (): Promise<void> => {
    const phone = readPhone(typed.phone);
    if (typed.phone.trim() !== '' && phone === undefined) throw new UserProblem(t('form.badNumber'));
    const view = await phones.add(asNewPhone(typed, phone));
    added(view.account);
  };
  return (
    <Dialog title={t('rail.add')} close={close}>
      <Form act={act} submit={submit} done={close} label={t('rail.add')} disabled={typed.name.trim() === ''}>
        <Field label={t('add.name')} hint={t('add.nameHint')} value={typed.name} maxLength={100} required onChange={(event) => change({ name: event.target.value })} />
        <Field label={t('add.number')} hint={t('add.numberHint')} optional inputMode="tel" dir="ltr" value={typed.phone} onChange={(event) => change({ phone: event.target.value })} />
        <Check label={t('add.business')} checked={typed.business} change={(business) => change({ business })} />
        {typed.business && (
          <>
            <TextField label={t('add.description')} value={typed.description} maxLength={500} onChange={(event) => change({ description: event.target.value })} />
            <Field label={t('add.category')} optional value={typed.category} maxLength={100} onChange={(event) => change({ category: event.target.value })} />
          </>
        )}
        <details className="more-fields">
          <summary>{t('add.more')}</summary>
          <Field label={t('profile.about')} optional value={typed.about} maxLength={500} onChange={(event) => change({ about: event.target.value })} />
          <Choice
            label={t('add.addressing')}
            value={typed.addressing}
            choices={[
              { value: 'phone', label: t('add.byPhone') },
              { value: 'lid', label: t('add.byLid') },
            ]}
            choose={(addressing) => change({ addressing })}
          />
          <Choice
            label={t('add.platform')}
            value={typed.platform}
            choices={[
              { value: 'android', label: 'Android' },
              { value: 'iphone', label: 'iPhone' },
            ]}
            choose={(platform) => change({ platform })}
          />
          <Check label={t('add.hidesPhone')} checked={typed.hidesPhone} change={(hidesPhone) => change({ hidesPhone })} />
          <Check label={t('add.closed')} checked={typed.closed} change={(closed) => change({ closed })} />
        </details>
      </Form>
    </Dialog>
  );
}

function asNewPhone(typed: Typed, phone: string | undefined): NewPhone {
  return {
    name: typed.name.trim(),
    platform: typed.platform,
    addressing: typed.addressing,
    ...(phone === undefined ? {} : { phone }),
    ...(typed.about.trim() === '' ? {} : { about: typed.about.trim() }),
    ...(typed.business ? { business: { description: typed.description.trim(), category: typed.category.trim() } } : {}),
    ...(typed.hidesPhone ? { hidesPhone: true } : {}),
    ...(typed.closed ? { groupInvites: 'nobody' as const } : {}),
  };
}
