import type { AccountView } from '../../network/phone-view.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { useSpeech } from '../words/speech.tsx';
import { usePhone } from './phone-context.ts';

/** What rings now. A pretend call is a notice: nobody talks, it is rejected or ended. */
export function CallStrip() {
  const { phone } = usePhone();
  return (
    <div className="calls" aria-live="assertive">
      {phone.calls.map((call) => (
        <Call key={call.id} call={call} />
      ))}
    </div>
  );
}

function Call({ call }: { call: AccountView['calls'][number] }) {
  const { t } = useSpeech();
  const { attempt } = useToasts();
  const { perform } = usePhone();
  const { id, from, name, video } = call;
  const outgoing = call.outgoing === true;
  const text = outgoing ? (video ? t('call.outgoingVideo', { name }) : t('call.outgoing', { name })) : video ? t('call.incomingVideo', { name }) : t('call.incoming', { name });
  return (
    <div className="call">
      <Icon name={video ? 'video' : 'phone'} />
      <p>{text}</p>
      {outgoing ? (
        <Button look="danger" onClick={() => attempt(() => perform('call.end', { id }))}>
          {t('call.end')}
        </Button>
      ) : (
        <Button look="danger" onClick={() => attempt(() => perform('call.reject', { caller: from, id }))}>
          {t('call.reject')}
        </Button>
      )}
    </div>
  );
}
