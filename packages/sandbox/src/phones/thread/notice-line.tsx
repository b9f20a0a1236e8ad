import type { ThreadMessage } from '../../network/phone-view.ts';
import { usePhone } from '../phone/phone-context.ts';
import { keyOf } from '../state/merge-thread.ts';
import { directionOf } from '../words/languages.ts';
import { useSpeech } from '../words/speech.tsx';
import { noticeText } from './notice-text.ts';

export function NoticeLine({ message }: { message: ThreadMessage }) {
  const { language, t, times } = useSpeech();
  const { phone } = usePhone();
  const { content } = message;
  if (content.kind !== 'notice') return null;
  // A sentence of the page, apart from the time behind it: a name at either end does not turn it round.
  return (
    <article className="notice" data-key={keyOf(message)} tabIndex={-1}>
      <span dir={directionOf(language)}>{noticeText(content.notice, { view: phone, message, t, times })}</span> <time>{times.clock(message.at)}</time>
    </article>
  );
}
