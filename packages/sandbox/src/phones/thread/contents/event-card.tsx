import type { Content } from '../../../acts/contents.ts';
import type { ThreadMessage } from '../../../network/phone-view.ts';
import { Icon } from '../../parts/icon.tsx';
import { useToasts } from '../../parts/toasts.tsx';
import { usePhone } from '../../phone/phone-context.ts';
import { isMe, personName } from '../../state/people.ts';
import { useSpeech } from '../../words/speech.tsx';
import { refOf } from '../message-ref.ts';

const answers = ['going', 'maybe', 'declined'] as const;

export function EventCard({ message, content }: { message: ThreadMessage; content: Extract<Content, { kind: 'event' }> }) {
  const { t, times } = useSpeech();
  const { name, description, startAt, endAt, place, joinLink, cancelled } = content;
  const link = joinLink !== undefined && /^https?:\/\//i.test(joinLink) ? joinLink : undefined;
  return (
    <div className="event">
      <p className="event-name">
        <Icon name="calendar" /> <bdi className={cancelled === true ? 'strong struck' : 'strong'}>{name}</bdi>
      </p>
      {cancelled === true && <p className="event-cancelled">{t('event.cancelled')}</p>}
      <p>
        <time>{times.dateTime(startAt)}</time>
        {endAt !== undefined && (
          <>
            {' – '}
            <time>{times.dateTime(endAt)}</time>
          </>
        )}
      </p>
      {place !== undefined && place !== '' && (
        <p className="muted">
          <Icon name="place" size={16} /> <bdi>{place}</bdi>
        </p>
      )}
      {description !== undefined && description !== '' && <p dir="auto">{description}</p>}
      {link !== undefined && (
        <a href={link} target="_blank" rel="noreferrer noopener">
          {link}
        </a>
      )}
      {cancelled !== true && <Responses message={message} />}
    </div>
  );
}

function Responses({ message }: { message: ThreadMessage }) {
  const { t } = useSpeech();
  const { attempt } = useToasts();
  const { phone, perform } = usePhone();
  const responses = message.responses ?? [];
  return (
    <ul className="event-answers" aria-label={t('event.responses')}>
      {answers.map((answer) => {
        const those = responses.filter(({ response }) => response === answer);
        const names = those.map(({ from }) => (isMe(phone, from) ? t('thread.you') : personName(phone, from))).join(', ');
        const mine = those.some(({ from }) => isMe(phone, from));
        return (
          <li key={answer}>
            <button type="button" className="answer" aria-pressed={mine} onClick={() => attempt(() => perform('message.respond', { message: refOf(message), response: mine ? 'unknown' : answer }))}>
              {t(`event.${answer}`)} {those.length > 0 && <span className="poll-count">{those.length}</span>}
            </button>
            {names !== '' && <bdi className="muted">{names}</bdi>}
          </li>
        );
      })}
    </ul>
  );
}
