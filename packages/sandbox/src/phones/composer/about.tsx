import { IconButton } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { useConversation } from '../thread/conversation-context.ts';
import { summaryOf } from '../thread/summary.ts';
import { useSpeech } from '../words/speech.tsx';

/** Above the box: what is answered, or that a message is being changed. */
export function About() {
  const { t } = useSpeech();
  const { quoted, edited, quote } = useConversation();
  const message = edited ?? quoted;
  if (message === undefined) return null;
  return (
    <div className="about">
      <Icon name={edited === undefined ? 'reply' : 'edit'} />
      <div className="about-text">
        <span className="quote-who">{edited === undefined ? t('composer.replyTo', { name: message.key.fromMe ? t('thread.you') : message.authorName }) : t('composer.editing')}</span>
        <bdi className="cut">{summaryOf(message.content, t)}</bdi>
      </div>
      <IconButton icon="close" label={t('composer.stop')} onClick={() => quote(undefined)} />
    </div>
  );
}
