import type { ThreadMessage } from '../../network/phone-view.ts';
import { usePhone } from '../phone/phone-context.ts';
import { isMe, personName } from '../state/people.ts';
import { keyOf } from '../state/merge-thread.ts';
import { useSpeech } from '../words/speech.tsx';
import { useConversation } from './conversation-context.ts';
import { jumpTo } from './jump-to.ts';
import { summaryOf } from './summary.ts';

/** What a message answers; a press leads to it, where it is loaded. */
export function Quote({ message }: { message: ThreadMessage }) {
  const { t } = useSpeech();
  const { phone } = usePhone();
  const { thread } = useConversation();
  const quoted = message.context?.quoted;
  if (quoted === undefined || message.content.kind === 'revoked') return null;
  const original = thread.messages.find(({ key }) => key.id === quoted.id);
  const content = message.quotedContent ?? original?.content;
  return (
    <button
      type="button"
      className="quote"
      disabled={original === undefined}
      onClick={(event) => {
        if (original !== undefined) jumpTo(event.currentTarget, keyOf(original));
      }}
    >
      <bdi className="quote-who">{isMe(phone, quoted.author) ? t('thread.you') : personName(phone, quoted.author)}</bdi>
      <bdi className="cut">{content === undefined ? t('thread.quoteGone') : summaryOf(content, t)}</bdi>
    </button>
  );
}
