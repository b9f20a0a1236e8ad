import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Field, Form } from '../parts/form.tsx';
import { useAct } from '../state/use-act.ts';
import { UserProblem } from '../words/describe-failure.ts';
import { useSpeech } from '../words/speech.tsx';
import { readPoint } from './read-point.ts';
import { useSay } from './use-say.ts';

export function PlaceDialog({ close }: { close: () => void }) {
  const { t } = useSpeech();
  const { say } = useSay();
  const act = useAct();
  const [point, setPoint] = useState('');
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const send = async (): Promise<void> => {
    const read = readPoint(point);
    if (read === undefined) throw new UserProblem(t('place.bad'));
    say({ kind: 'location', ...read, ...(name.trim() === '' ? {} : { name: name.trim() }), ...(address.trim() === '' ? {} : { address: address.trim() }) });
  };
  const here = (): Promise<void> =>
    new Promise((resolve, reject) => {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => (setPoint(`${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`), resolve()),
        () => reject(new UserProblem(t('place.unknown'))),
        { timeout: 10_000 },
      );
    });
  return (
    <Dialog title={t('kind.location')} close={close}>
      <Form act={act} submit={send} done={close} label={t('composer.send')} disabled={point.trim() === ''}>
        <Field label={t('place.point')} hint={t('place.pointHint')} dir="ltr" value={point} onChange={(event) => setPoint(event.target.value)} />
        <Button icon="place" onClick={() => void act.run(here)}>
          {t('place.here')}
        </Button>
        <Field label={t('place.name')} optional value={name} maxLength={1_000} onChange={(event) => setName(event.target.value)} />
        <Field label={t('place.address')} optional value={address} maxLength={1_000} onChange={(event) => setAddress(event.target.value)} />
      </Form>
    </Dialog>
  );
}
