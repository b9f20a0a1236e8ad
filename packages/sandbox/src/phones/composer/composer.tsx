import { useRef, type KeyboardEvent } from 'react';
import { IconButton } from '../parts/button.tsx';
import { Menu } from '../parts/menu.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { threadKey } from '../state/message-ids.ts';
import { useConversation } from '../thread/conversation-context.ts';
import { moreEmoji, quickEmoji } from '../thread/emoji.ts';
import { useSpeech } from '../words/speech.tsx';
import { About } from './about.tsx';
import { Attach } from './attach.tsx';
import { plainly } from './file-contents.ts';
import { MentionList } from './mention-list.tsx';
import { Recording } from './recording.tsx';
import { useMentions } from './use-mentions.ts';
import { useRecorder } from './use-recorder.ts';
import { useSay } from './use-say.ts';
import { useTyping } from './use-typing.ts';
import { useWriting } from './use-writing.ts';

export function Composer() {
  const { t } = useSpeech();
  const { attempt } = useToasts();
  const { phone } = usePhone();
  const { chat, setFiles, edited } = useConversation();
  const { sayFiles } = useSay();
  const typing = useTyping(phone, chat.id);
  const recorder = useRecorder();
  const box = useRef<HTMLTextAreaElement>(null);
  const writing = useWriting({ box, key: threadKey(phone.account, chat.id), stopped: typing.stopped });
  const mentions = useMentions(box, writing);
  const { draft, change } = writing;
  const record = async (): Promise<void> => {
    await recorder.start();
    typing.typing('recording');
  };
  const finish = async (): Promise<void> => {
    const file = await recorder.finish();
    typing.stopped();
    if (file !== undefined) await sayFiles([file], { ...plainly, voice: true }, '');
  };
  const empty = draft.text.trim() === '' && edited === undefined;
  if (recorder.since !== undefined) return <Recording since={recorder.since} cancel={() => (recorder.cancel(), typing.stopped())} send={() => attempt(finish)} />;
  return (
    <div className="composer" role="group" aria-label={t('composer.placeholder')}>
      <About />
      {mentions.found.length > 0 && <MentionList found={mentions.found} at={mentions.at} pick={mentions.pick} />}
      <div className="composer-line">
        <Attach />
        <Menu label={t('composer.emoji')} icon="react" items={[...quickEmoji, ...moreEmoji].map((emoji) => ({ label: emoji, emoji: true, act: () => writing.insert(emoji) }))} />
        <textarea
          ref={box}
          rows={1}
          dir="auto"
          aria-label={t('composer.message', { name: chat.title })}
          placeholder={t('composer.placeholder')}
          maxLength={65_536}
          value={draft.text}
          onChange={(event) => {
            change({ ...draft, text: event.target.value });
            mentions.look(event.target.selectionStart);
            if (event.target.value !== '') typing.typing();
          }}
          onKeyDown={(event) => pressed(event, { mentions: mentions.pressed, writing })}
          onPaste={(event) => {
            if (event.clipboardData.files.length > 0) {
              event.preventDefault();
              setFiles([...event.clipboardData.files]);
            }
          }}
        />
        {empty ? <IconButton icon="mic" label={t('composer.record')} onClick={() => attempt(record)} /> : <IconButton icon="send" label={t('composer.send')} className="send" onClick={writing.send} />}
      </div>
    </div>
  );
}

interface Pressed {
  mentions: (event: KeyboardEvent) => boolean;
  writing: ReturnType<typeof useWriting>;
}

function pressed(event: KeyboardEvent<HTMLTextAreaElement>, { mentions, writing }: Pressed): void {
  // Enter that ends a composition of Arabic, Japanese or an accent sends nothing.
  if (event.nativeEvent.isComposing) return;
  if (mentions(event)) event.preventDefault();
  else if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault();
    writing.send();
  } else if (event.key === 'Escape') writing.stepOut();
  else if (event.key === 'ArrowUp' && event.currentTarget.value === '' && writing.editLast()) event.preventDefault();
}
