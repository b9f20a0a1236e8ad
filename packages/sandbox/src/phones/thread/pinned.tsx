import { Icon } from '../parts/icon.tsx';
import { keyOf } from '../state/merge-thread.ts';
import { useNow } from '../state/use-now.ts';
import { useSpeech } from '../words/speech.tsx';
import { useConversation } from './conversation-context.ts';
import { jumpTo } from './jump-to.ts';
import { summaryOf } from './summary.ts';

/** The message that was pinned last; a press leads there. */
export function Pinned() {
  const { t } = useSpeech();
  const { thread } = useConversation();
  const now = useNow();
  const message = thread.messages.findLast(({ pinnedUntil = 0 }) => pinnedUntil > now);
  if (message === undefined) return null;
  return (
    <button type="button" className="pinned" onClick={(event) => jumpTo(event.currentTarget, keyOf(message))}>
      <Icon name="pin" size={16} />
      <span className="unseen">{t('thread.pinned')}</span>
      <bdi className="cut">{summaryOf(message.content, t)}</bdi>
    </button>
  );
}
