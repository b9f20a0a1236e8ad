import type { ThreadMessage } from '../../network/phone-view.ts';
import { Button } from '../parts/button.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { usePhones } from '../state/use-phones.ts';
import { describeFailure } from '../words/describe-failure.ts';
import { useSpeech } from '../words/speech.tsx';
import { useConversation } from './conversation-context.ts';

/** Why a message did not go, and what can be done: it keeps its id, so that it is never said twice. */
export function Failed({ message }: { message: ThreadMessage }) {
  const { t } = useSpeech();
  const { outbox } = usePhones();
  const { phone } = usePhone();
  const { chat, thread } = useConversation();
  const one = thread.outgoing.get(message.key.id);
  if (one?.state !== 'failed') return null;
  return (
    <div className="failed" role="alert">
      <p dir="auto">{describeFailure(one.problem, t)}</p>
      <Button onClick={() => outbox.sayAgain(phone.account, chat.id, message.key.id)}>{t('thread.retry')}</Button>
      <Button look="quiet" onClick={() => outbox.drop(phone.account, chat.id, message.key.id)}>
        {t('thread.discard')}
      </Button>
    </div>
  );
}
