import { useState } from 'react';
import { Avatar } from '../parts/avatar.tsx';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Form, TextField } from '../parts/form.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { formatPhone } from '../state/people.ts';
import { useAct } from '../state/use-act.ts';
import { usePart, usePhones } from '../state/use-phones.ts';
import { UserProblem } from '../words/describe-failure.ts';
import { useSpeech } from '../words/speech.tsx';

/** No QR says less: what is shorter was not pasted whole. */
const shortest = 10;

interface ScanProps {
  /** What was opened with the page; empty where it is still to be pasted. */
  first: string;
  /** The phone that began it. */
  chosen: string | undefined;
  close: () => void;
  scanned: (account: string) => void;
  add: () => void;
}

/** A phone scans a linked device's QR: its text is what a camera would read. */
export function ScanDialog({ first, chosen, close, scanned, add }: ScanProps) {
  const { t } = useSpeech();
  const phones = usePhones();
  const { say } = useToasts();
  const act = useAct();
  const known = usePart((state) => state.phones);
  const [qr, setQr] = useState(first);
  const [picked, setPicked] = useState(chosen);
  const account = picked ?? (known.length === 1 ? known[0]?.account : undefined);
  const submit = async (): Promise<void> => {
    if (account === undefined) return;
    if (qr.trim().length < shortest) throw new UserProblem(t('scan.short'));
    await phones.perform(account, 'device.scan', { qr: qr.trim() });
    say(t('scan.linked'));
    scanned(account);
  };
  return (
    <Dialog title={t('scan.title')} close={close}>
      <Form act={act} submit={submit} done={close} label={t('scan.link')} disabled={qr.trim() === '' || account === undefined}>
        {first === '' ? (
          <TextField label={t('scan.text')} hint={t('scan.hint')} value={qr} dir="ltr" className="mono-input" spellCheck={false} onChange={(event) => setQr(event.target.value)} />
        ) : (
          <p className="dialog-text">{t('scan.asked')}</p>
        )}
        {known.length === 0 ? (
          <Button icon="add" onClick={add}>
            {t('rail.add')}
          </Button>
        ) : (
          <PickPhone account={account} pick={setPicked} />
        )}
      </Form>
    </Dialog>
  );
}

function PickPhone({ account, pick }: { account: string | undefined; pick: (account: string) => void }) {
  const { t } = useSpeech();
  const known = usePart((state) => state.phones);
  return (
    <fieldset className="picks">
      <legend>{t('scan.which')}</legend>
      {known.map((phone) => (
        <label key={phone.account} className="pick">
          <input type="radio" name="scanning-phone" checked={phone.account === account} onChange={() => pick(phone.account)} />
          <Avatar id={phone.account} name={phone.name} picture={phone.pictureUrl} size="small" />
          <span className="pick-names">
            <bdi>{phone.name}</bdi>
            <bdi dir="ltr" className="muted">
              {formatPhone(phone.phone)}
            </bdi>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
