import { useState } from 'react';
import type { AccountView } from '../../network/phone-view.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Field, Form, Problem } from '../parts/form.tsx';
import { Icon } from '../parts/icon.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { useAct } from '../state/use-act.ts';
import { useSpeech } from '../words/speech.tsx';
import { usePhone } from './phone-context.ts';
import { readPairingCode } from './pairing-code.ts';

export function DevicesDialog({ close, scan }: { close: () => void; scan: () => void }) {
  const { t } = useSpeech();
  const { phone } = usePhone();
  return (
    <Dialog title={t('devices.title')} close={close}>
      {phone.devices.length === 0 ? (
        <p className="dialog-text">{t('devices.none')}</p>
      ) : (
        <ul className="devices">
          {phone.devices.map((device) => (
            <Device key={device.device} device={device} />
          ))}
        </ul>
      )}
      <h3 className="dialog-part">{t('devices.linkOne')}</h3>
      <Button
        icon="scan"
        onClick={() => {
          close();
          scan();
        }}
      >
        {t('rail.scan')}
      </Button>
      <EnterCode />
    </Dialog>
  );
}

function Device({ device }: { device: AccountView['devices'][number] }) {
  const { t, times } = useSpeech();
  const { perform } = usePhone();
  const act = useAct();
  return (
    <li className="device">
      <Icon name="device" />
      <div className="device-facts">
        <bdi className="strong">{device.name}</bdi>
        <span className="muted">
          <span className={device.connected ? 'dot dot-on' : 'dot'} aria-hidden /> {device.connected ? t('devices.connected') : t('devices.lastSeen', { when: times.dateTime(device.lastSeenAt) })}
        </span>
        <span className="muted">{t('devices.linkedAt', { when: times.dateTime(device.linkedAt) })}</span>
        <Problem text={act.problem} />
      </div>
      <Button look="danger" aria-busy={act.busy} onClick={() => void act.run(() => perform('device.logOut', { device: device.device }))}>
        {t('devices.logOut')}
      </Button>
    </li>
  );
}

function EnterCode() {
  const { t } = useSpeech();
  const { perform } = usePhone();
  const { say } = useToasts();
  const act = useAct();
  const [typed, setTyped] = useState('');
  const code = readPairingCode(typed);
  return (
    <Form act={act} submit={() => perform('device.enterCode', { code: code ?? '' })} done={() => (setTyped(''), say(t('scan.linked')))} label={t('scan.link')} disabled={code === undefined}>
      <Field label={t('devices.code')} hint={t('devices.codeHint')} dir="ltr" className="mono-input" maxLength={20} value={typed} onChange={(event) => setTyped(event.target.value)} />
    </Form>
  );
}
