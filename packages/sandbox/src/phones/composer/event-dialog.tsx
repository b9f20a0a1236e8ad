import { useState } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { Field, Form, TextField } from '../parts/form.tsx';
import { useAct } from '../state/use-act.ts';
import { useSpeech } from '../words/speech.tsx';
import { useSay } from './use-say.ts';

const dayMs = 86_400_000;

/** As a date field wants it, in this browser's own time. */
const asField = (date: Date): string => new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
const asSeconds = (field: string): number => Math.floor(new Date(field).getTime() / 1_000);

export function EventDialog({ close }: { close: () => void }) {
  const { t } = useSpeech();
  const { say } = useSay();
  const act = useAct();
  const [typed, setTyped] = useState(() => ({ name: '', startAt: asField(new Date(Date.now() + dayMs)), endAt: '', place: '', description: '' }));
  const change = (part: Partial<typeof typed>): void => setTyped((before) => ({ ...before, ...part }));
  const { name, startAt, endAt, place, description } = typed;
  const send = async (): Promise<void> =>
    say({
      kind: 'event',
      name: name.trim(),
      startAt: asSeconds(startAt),
      ...(endAt === '' ? {} : { endAt: asSeconds(endAt) }),
      ...(place.trim() === '' ? {} : { place: place.trim() }),
      ...(description.trim() === '' ? {} : { description: description.trim() }),
    });
  return (
    <Dialog title={t('kind.event')} close={close}>
      <Form act={act} submit={send} done={close} label={t('composer.send')} disabled={name.trim() === '' || startAt === ''}>
        <Field label={t('event.name')} value={name} maxLength={100} onChange={(event) => change({ name: event.target.value })} />
        <Field label={t('event.start')} type="datetime-local" value={startAt} onChange={(event) => change({ startAt: event.target.value })} />
        <Field label={t('event.end')} optional type="datetime-local" value={endAt} min={startAt} onChange={(event) => change({ endAt: event.target.value })} />
        <Field label={t('event.place')} optional value={place} maxLength={1_000} onChange={(event) => change({ place: event.target.value })} />
        <TextField label={t('event.description')} value={description} maxLength={4_000} onChange={(event) => change({ description: event.target.value })} />
      </Form>
    </Dialog>
  );
}
