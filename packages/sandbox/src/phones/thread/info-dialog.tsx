import { useEffect, useState } from 'react';
import type { ThreadMessage } from '../../network/phone-view.ts';
import type { ActValues } from '../../wire/results.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Problem } from '../parts/form.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { usePhones } from '../state/use-phones.ts';
import { personName } from '../state/people.ts';
import { useAct } from '../state/use-act.ts';
import { useSpeech } from '../words/speech.tsx';
import { refOf } from './message-ref.ts';

type Info = ActValues['message.info'];

/** Who got it, read it and played it, and when. */
export function InfoDialog({ message, close }: { message: ThreadMessage; close: () => void }) {
  const { t } = useSpeech();
  const phones = usePhones();
  const { phone } = usePhone();
  const { problem, run } = useAct();
  const [info, setInfo] = useState<Info | undefined>(undefined);
  const { account } = phone;
  const [ref] = useState(() => refOf(message));
  // Read anew with every tick that comes while it is open.
  const { ack } = message;
  useEffect(() => {
    void run(async () => setInfo(await phones.perform(account, 'message.info', { message: ref })));
  }, [run, phones, account, ref, ack]);
  return (
    <Dialog title={t('thread.messageInfo')} close={close}>
      <Problem text={problem} />
      {info !== undefined && (
        <>
          <Seen title={t('ticks.played')} seen={info.played} />
          <Seen title={t('ticks.read')} seen={info.read} />
          <Seen title={t('ticks.delivered')} seen={info.delivered} />
          {info.delivered.length + info.read.length + info.played.length === 0 && <p className="dialog-text">{t('info.nobody')}</p>}
        </>
      )}
    </Dialog>
  );
}

function Seen({ title, seen }: { title: string; seen: Info['read'] }) {
  const { times } = useSpeech();
  const { phone } = usePhone();
  if (seen.length === 0) return null;
  return (
    <>
      <h3 className="dialog-part">{title}</h3>
      <ul className="plain-list">
        {seen.map(({ who, at }) => (
          <li key={who} className="split">
            <bdi>{personName(phone, who)}</bdi>
            <time className="muted">{times.dateTime(at)}</time>
          </li>
        ))}
      </ul>
    </>
  );
}
