import type { CSSProperties } from 'react';
import type { ThreadMessage } from '../../network/phone-view.ts';
import { hueOf } from '../parts/avatar-look.ts';
import { Icon } from '../parts/icon.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { isGroup } from '../state/people.ts';
import { keyOf } from '../state/merge-thread.ts';
import { useNow } from '../state/use-now.ts';
import { useSpeech } from '../words/speech.tsx';
import { Failed } from './failed.tsx';
import type { Line } from './group-messages.ts';
import { MessageActs } from './message-acts.tsx';
import { MessageContent } from './message-content.tsx';
import { Quote } from './quote.tsx';
import { Reactions } from './reactions.tsx';
import { summaryOf } from './summary.ts';
import { Ticks } from './ticks.tsx';

type MessageLineProps = { line: Extract<Line, { as: 'message' }> };

const bare = new Set<ThreadMessage['content']['kind']>(['sticker']);

export function MessageLine({ line }: MessageLineProps) {
  const { t, times } = useSpeech();
  const { message, album, first, last } = line;
  const { key, content } = message;
  const mine = key.fromMe;
  const author = mine ? t('thread.you') : message.authorName;
  return (
    <article
      className={`message ${mine ? 'message-mine' : ''} ${first ? 'message-first' : ''} ${last ? 'message-last' : ''}`}
      data-key={keyOf(message)}
      tabIndex={-1}
      aria-label={t('thread.says', { author, when: times.clock(message.at), what: summaryOf(content, t) })}
    >
      <div className={`bubble ${bare.has(content.kind) ? 'bubble-bare' : ''} bubble-${content.kind}`}>
        {first && !mine && isGroup(key.chat) && <AuthorName message={message} />}
        <Forwarded message={message} />
        <Quote message={message} />
        <MessageContent message={message} album={album} />
        <Meta message={message} />
      </div>
      <MessageActs message={message} />
      <Reactions message={message} />
      <Failed message={message} />
    </article>
  );
}

function AuthorName({ message }: { message: ThreadMessage }) {
  const style: CSSProperties & Record<'--hue', number> = { '--hue': hueOf(message.key.participant ?? message.from) };
  return (
    <p className="author" style={style}>
      <bdi>{message.authorName}</bdi>
    </p>
  );
}

const manyTimes = 5;

function Forwarded({ message }: { message: ThreadMessage }) {
  const { t } = useSpeech();
  const score = message.context?.forwardingScore ?? 0;
  if (score === 0 || message.content.kind === 'revoked') return null;
  return (
    <p className="forwarded">
      <Icon name="forward" size={16} /> {score >= manyTimes ? t('thread.forwardedOften') : t('thread.forwarded')}
    </p>
  );
}

function Meta({ message }: { message: ThreadMessage }) {
  const { t, times } = useSpeech();
  const { phone } = usePhone();
  const now = useNow();
  const disappears = (message.context?.disappearsAfter ?? 0) > 0;
  return (
    <p className="meta">
      {(message.pinnedUntil ?? 0) > now && <Mark icon="pin" label={t('thread.pinned')} />}
      {message.starred === true && <Mark icon="star" label={t('thread.starred')} />}
      {disappears && <Mark icon="timer" label={t('chats.disappears')} />}
      {message.editedAt !== undefined && message.content.kind !== 'revoked' && <span>{t('thread.edited')}</span>}
      <time dateTime={new Date(message.at * 1_000).toISOString()} title={times.dateTime(message.at)}>
        {times.clock(message.at)}
      </time>
      {message.key.fromMe && message.content.kind !== 'revoked' && message.key.chat !== `${phone.account}@lid` && <Ticks ack={message.ack} />}
    </p>
  );
}

function Mark({ icon, label }: { icon: 'pin' | 'star' | 'timer'; label: string }) {
  return (
    <span role="img" aria-label={label} title={label}>
      <Icon name={icon} size={14} />
    </span>
  );
}
