import type { ThreadMessage } from '../../network/phone-view.ts';
import { useToasts } from '../parts/toasts.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { isMe, personName } from '../state/people.ts';
import { useSpeech } from '../words/speech.tsx';
import { countReactions } from './count-votes.ts';
import { refOf } from './message-ref.ts';

/** Chips below the bubble; a press on one gives the same, or takes one's own back. */
export function Reactions({ message }: { message: ThreadMessage }) {
  const { t } = useSpeech();
  const { attempt } = useToasts();
  const { phone, perform } = usePhone();
  const counted = countReactions(message.reactions);
  if (counted.length === 0) return null;
  return (
    <ul className="reactions" aria-label={t('thread.reactions')}>
      {counted.map(({ emoji, from }) => {
        const mine = from.some((jid) => isMe(phone, jid));
        const names = from.map((jid) => (isMe(phone, jid) ? t('thread.you') : personName(phone, jid))).join(', ');
        return (
          <li key={emoji}>
            <button type="button" className="reaction" aria-pressed={mine} title={names} aria-label={`${emoji} ${names}`} onClick={() => attempt(() => perform('message.react', { message: refOf(message), emoji: mine ? '' : emoji }))}>
              <span aria-hidden>{emoji}</span>
              {from.length > 1 && <span aria-hidden>{from.length}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
