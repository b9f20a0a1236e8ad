import { useState } from 'react';
import type { Content } from '../../../acts/contents.ts';
import type { ThreadMessage } from '../../../network/phone-view.ts';
import { Icon } from '../../parts/icon.tsx';
import { useToasts } from '../../parts/toasts.tsx';
import { usePhone } from '../../phone/phone-context.ts';
import { useSpeech } from '../../words/speech.tsx';
import { refOf } from '../message-ref.ts';
import { Lightbox } from './lightbox.tsx';

/** Opened messages of this page's life; what the network remembers comes as played. */
const opened = new Set<string>();

export function ViewOnce({ message, content }: { message: ThreadMessage; content: Extract<Content, { kind: 'image' | 'video' }> }) {
  const { t } = useSpeech();
  const { attempt } = useToasts();
  const { perform } = usePhone();
  const [open, setOpen] = useState(false);
  const { key, ack } = message;
  const what = content.kind === 'image' ? t('kind.image') : t('kind.video');
  const gone = ack === 4 || opened.has(key.id);
  if (key.fromMe || (gone && !open)) {
    return (
      <p className="once">
        <Icon name="once" /> {gone ? t('once.opened') : t('once.sent', { what })}
      </p>
    );
  }
  const look = (): void => {
    opened.add(key.id);
    setOpen(true);
    attempt(() => perform('message.played', { message: refOf(message) }));
  };
  return (
    <>
      <button type="button" className="once once-closed" onClick={look}>
        <Icon name="once" /> {t('once.open', { what })}
      </button>
      {open && <Lightbox media={content.media} kind={content.kind} title={what} once close={() => setOpen(false)} />}
    </>
  );
}
