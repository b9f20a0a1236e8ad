import type { ThreadMessage } from '../../../network/phone-view.ts';
import { useSpeech } from '../../words/speech.tsx';
import { Picture } from './picture.tsx';

/** Pictures and videos that were sent together. Each is a message of its own. */
export function Album({ messages }: { messages: readonly ThreadMessage[] }) {
  const { t } = useSpeech();
  return (
    <div className="album" role="group" aria-label={t('kind.album')}>
      {messages.map((message) => {
        const { content, key } = message;
        return content.kind === 'image' || content.kind === 'video' ? <Picture key={key.id} message={message} content={content} square /> : <span key={key.id} className="album-gone" />;
      })}
    </div>
  );
}
