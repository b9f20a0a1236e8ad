import { useState } from 'react';
import type { Content } from '../../acts/contents.ts';
import { uploadMedia } from '../api/phones-api.ts';
import { measureFile } from '../composer/measure-file.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Form, TextField } from '../parts/form.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { useAct } from '../state/use-act.ts';
import { useSpeech } from '../words/speech.tsx';
import { usePhone } from './phone-context.ts';

/** Seen by everyone who has this number in the address book. */
export function StatusDialog({ close }: { close: () => void }) {
  const { t } = useSpeech();
  const { say } = useToasts();
  const { perform } = usePhone();
  const act = useAct();
  const [text, setText] = useState('');
  const [file, setFile] = useState<File | undefined>(undefined);
  const post = async (): Promise<void> => {
    await perform('status.post', { content: file === undefined ? { kind: 'text', text: text.trim() } : await asContent(file, text.trim()) });
  };
  return (
    <Dialog title={t('status.post')} close={close}>
      <Form
        act={act}
        submit={post}
        done={() => {
          say(t('status.posted'));
          close();
        }}
        label={t('status.post')}
        disabled={text.trim() === '' && file === undefined}
      >
        <p className="dialog-text">{t('status.text')}</p>
        <TextField label={t('status.say')} value={text} onChange={(event) => setText(event.target.value)} />
        <label className="field">
          <span>{t('status.file')}</span>
          <input type="file" accept="image/*,video/*" onChange={(event) => setFile(event.target.files?.[0])} />
        </label>
      </Form>
    </Dialog>
  );
}

async function asContent(file: File, text: string): Promise<Content> {
  const [uploaded, measured] = await Promise.all([uploadMedia(file), measureFile(file)]);
  const media = { ...measured, ...uploaded };
  return { kind: file.type.startsWith('video/') ? 'video' : 'image', media, ...(text === '' ? {} : { caption: text }) };
}
