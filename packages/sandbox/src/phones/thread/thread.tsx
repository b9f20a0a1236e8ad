import { useMemo } from 'react';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { keyOf } from '../state/merge-thread.ts';
import { useSpeech } from '../words/speech.tsx';
import { useConversation } from './conversation-context.ts';
import { groupMessages, type Line } from './group-messages.ts';
import { MessageLine } from './message-line.tsx';
import { NoticeLine } from './notice-line.tsx';
import { useFollow } from './use-follow.ts';

export function Thread({ unread }: { unread: number }) {
  const { t } = useSpeech();
  const { chat, thread } = useConversation();
  const lines = useMemo(() => groupMessages(thread.messages, unread), [thread.messages, unread]);
  const last = thread.messages.at(-1);
  const { scroller, scrolled, waiting, toEnd } = useFollow({ first: thread.messages[0] && keyOf(thread.messages[0]), last: last && keyOf(last), own: last?.key.fromMe === true, count: thread.messages.length, reachTop: thread.readOlder });
  return (
    <div className="thread-frame">
      <div ref={scroller} className="thread" role="group" aria-label={t('thread.title', { name: chat.title })} tabIndex={0} onScroll={scrolled}>
        <div>
          <Top />
          <div role="feed" aria-label={t('thread.title', { name: chat.title })} aria-busy={thread.state === 'loading'}>
            {lines.map((line) => (
              <ThreadLine key={line.key} line={line} />
            ))}
          </div>
          {chat.typing.length > 0 && (
            <p className="typing-bubble" role="status">
              <span className="unseen">{t('thread.typing')}</span>
              <i />
              <i />
              <i />
            </p>
          )}
        </div>
      </div>
      {waiting > 0 && (
        <Button icon="down" look="primary" className="to-end" onClick={toEnd}>
          {t('thread.new', { count: waiting })}
        </Button>
      )}
    </div>
  );
}

/** What stands above the first message. */
function Top() {
  const { t } = useSpeech();
  const { thread } = useConversation();
  if (thread.state === 'loading') {
    return (
      <div className="skeletons thread-skeletons" role="status">
        <span className="unseen">{t('page.loading')}</span>
        <span className="skeleton" />
        <span className="skeleton skeleton-mine" />
        <span className="skeleton" />
      </div>
    );
  }
  if (thread.state === 'failed' && thread.messages.length === 0) {
    return (
      <div className="empty" role="alert">
        <p>{t('page.loadFailed')}</p>
        <Button onClick={thread.readAgain}>{t('page.again')}</Button>
      </div>
    );
  }
  if (thread.messages.length === 0) return <Empty icon="chat" title={t('thread.none')} text={t('thread.noneText')} />;
  if (!thread.more) return null;
  return (
    <div className="older">
      <Button aria-busy={thread.loadingOlder} onClick={thread.readOlder}>
        {thread.loadingOlder ? t('page.loading') : t('thread.older')}
      </Button>
    </div>
  );
}

function ThreadLine({ line }: { line: Line }) {
  const { t, times } = useSpeech();
  switch (line.as) {
    case 'day':
      return (
        <p className="day">
          <span>{times.day(line.at)}</span>
        </p>
      );
    case 'unread':
      return <p className="unread-line">{t('chats.unread', { count: line.count })}</p>;
    case 'notice':
      return <NoticeLine message={line.message} />;
    case 'message':
      return <MessageLine line={line} />;
  }
}
