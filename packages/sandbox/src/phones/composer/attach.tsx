import { useCallback, useRef, useState } from 'react';
import { Menu } from '../parts/menu.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { useConversation } from '../thread/conversation-context.ts';
import { UserProblem } from '../words/describe-failure.ts';
import { useSpeech } from '../words/speech.tsx';
import { CardDialog } from './card-dialog.tsx';
import { EventDialog } from './event-dialog.tsx';
import { plainly, type SendAs } from './file-contents.ts';
import { FilesDialog } from './files-dialog.tsx';
import { PlaceDialog } from './place-dialog.tsx';
import { PollDialog } from './poll-dialog.tsx';
import { useSay } from './use-say.ts';

type Asking = 'place' | 'card' | 'poll' | 'event';

/** What can be said besides words. */
export function Attach() {
  const { t } = useSpeech();
  const { files, setFiles } = useConversation();
  const [asking, setAsking] = useState<Asking | undefined>(undefined);
  const [as, setAs] = useState<SendAs>(plainly);
  const stop = useCallback(() => setAsking(undefined), []);
  const closeFiles = useCallback(() => (setFiles([]), setAs(plainly)), [setFiles]);
  const picker = usePicker((chosen, how) => {
    setAs(how);
    setFiles(chosen);
  });
  return (
    <>
      {picker.input}
      <Menu
        label={t('attach.title')}
        icon="attach"
        items={[
          { label: t('attach.pictures'), icon: 'image', act: () => picker.open('image/*,video/*', plainly) },
          { label: t('kind.gif'), icon: 'gif', act: () => picker.open('video/*', { ...plainly, gif: true }) },
          { label: t('kind.document'), icon: 'document', act: () => picker.open('', { ...plainly, document: true }) },
          { label: t('kind.audio'), icon: 'music', act: () => picker.open('audio/*', plainly) },
          { label: t('attach.voiceFile'), icon: 'mic', act: () => picker.open('audio/*', { ...plainly, voice: true }) },
          { label: t('kind.sticker'), icon: 'sticker', act: () => picker.open('image/*', { ...plainly, sticker: true }) },
          { label: t('kind.location'), icon: 'place', act: () => setAsking('place') },
          { label: t('kind.contacts'), icon: 'person', act: () => setAsking('card') },
          { label: t('kind.poll'), icon: 'poll', act: () => setAsking('poll') },
          { label: t('kind.event'), icon: 'calendar', act: () => setAsking('event') },
        ]}
      />
      {files.length > 0 && <FilesDialog files={files} first={as} close={closeFiles} />}
      {asking === 'place' && <PlaceDialog close={stop} />}
      {asking === 'card' && <CardDialog close={stop} />}
      {asking === 'poll' && <PollDialog close={stop} />}
      {asking === 'event' && <EventDialog close={stop} />}
    </>
  );
}

/** A file input that nobody sees. Voice notes and stickers need no caption, so they go at once. */
function usePicker(look: (files: readonly File[], as: SendAs) => void) {
  const { t } = useSpeech();
  const { attempt } = useToasts();
  const { sayFiles } = useSay();
  const input = useRef<HTMLInputElement>(null);
  const as = useRef(plainly);
  const sendNow = async (files: readonly File[]): Promise<void> => {
    await sayFiles(files, as.current, '').catch((cause: unknown) => {
      throw new UserProblem(t('files.unreadable', { name: files.map(({ name }) => name).join(', ') }), { cause });
    });
  };
  const chosen = (list: FileList | null): void => {
    const files = [...(list ?? [])];
    if (files.length === 0) return;
    if (as.current.sticker || as.current.voice) attempt(() => sendNow(files));
    else look(files, as.current);
  };
  return {
    open: (accept: string, how: SendAs) => {
      as.current = how;
      if (input.current === null) return;
      input.current.accept = accept;
      input.current.click();
    },
    input: (
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-hidden
        tabIndex={-1}
        onChange={(event) => {
          chosen(event.target.files);
          event.target.value = '';
        }}
      />
    ),
  };
}
