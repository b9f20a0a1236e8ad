import { useState } from 'react';
import type { Content } from '../../../acts/contents.ts';
import type { ThreadMessage } from '../../../network/phone-view.ts';
import { useToasts } from '../../parts/toasts.tsx';
import { usePhone } from '../../phone/phone-context.ts';
import { isMe, personName } from '../../state/people.ts';
import { useSpeech } from '../../words/speech.tsx';
import { countVotes, toggleVote, type Choice } from '../count-votes.ts';
import { refOf } from '../message-ref.ts';

export function Poll({ message, content }: { message: ThreadMessage; content: Extract<Content, { kind: 'poll' }> }) {
  const { t } = useSpeech();
  const { attempt } = useToasts();
  const { phone, perform } = usePhone();
  const choices = countVotes(content.options, message.votes);
  const counted = choices.flatMap(({ voters }, index) => (voters.some((jid) => isMe(phone, jid)) ? [index] : []));
  // Ticked at once; what the network counts takes its place when it comes.
  const [ticked, setTicked] = useState<{ votes: ThreadMessage['votes']; options: number[] } | undefined>(undefined);
  const mine = ticked !== undefined && ticked.votes === message.votes ? ticked.options : counted;
  const voters = new Set(choices.flatMap((choice) => choice.voters)).size;
  const vote = (index: number): void => {
    const options = toggleVote(mine, index, content.several);
    setTicked({ votes: message.votes, options });
    attempt(() => perform('message.vote', { message: refOf(message), options }).finally(() => setTicked(undefined)));
  };
  return (
    <fieldset className="poll">
      <legend dir="auto">{content.question}</legend>
      <p className="muted">{content.several ? t('poll.several') : t('poll.one')}</p>
      {choices.map((choice, index) => (
        <Option key={choice.option} choice={choice} chosen={mine.includes(index)} several={content.several} vote={() => vote(index)} />
      ))}
      <p className="muted">{t('poll.voters', { count: voters })}</p>
    </fieldset>
  );
}

function Option({ choice, chosen, several, vote }: { choice: Choice; chosen: boolean; several: boolean; vote: () => void }) {
  const { t, times } = useSpeech();
  const { phone } = usePhone();
  const names = choice.voters.map((jid) => (isMe(phone, jid) ? t('thread.you') : personName(phone, jid))).join(', ');
  return (
    <div className="poll-option">
      {/* A radio too can be taken back, so both are boxes to whoever presses them. */}
      <label>
        <input type="checkbox" className={several ? '' : 'round'} checked={chosen} onChange={vote} />
        <span dir="auto">{choice.option}</span>
        <span className="poll-count">
          <span className="unseen">{t('poll.votes', { count: choice.voters.length })}</span>
          <span aria-hidden>{times.number(choice.voters.length)}</span>
        </span>
      </label>
      <span className="bar" aria-hidden>
        <span style={{ inlineSize: `${choice.share}%` }} />
      </span>
      {names !== '' && (
        <bdi className="muted poll-names" title={names}>
          {names}
        </bdi>
      )}
    </div>
  );
}
