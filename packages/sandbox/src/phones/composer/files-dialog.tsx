import { useEffect, useState } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { Check, Form, TextField } from '../parts/form.tsx';
import { Icon } from '../parts/icon.tsx';
import { numbered } from '../parts/numbered.ts';
import { useAct } from '../state/use-act.ts';
import { useSpeech } from '../words/speech.tsx';
import type { SendAs } from './file-contents.ts';
import { useSay } from './use-say.ts';

interface FilesProps {
  files: readonly File[];
  /** How they were chosen to be sent. */
  first: SendAs;
  close: () => void;
}

const isVideo = ({ type }: File): boolean => type.startsWith('video/');
const isSeen = ({ type }: File): boolean => type.startsWith('image/') || type.startsWith('video/');

/** A last look at files, with what is said of them. */
export function FilesDialog({ files, first, close }: FilesProps) {
  const { t } = useSpeech();
  const { sayFiles } = useSay();
  const act = useAct();
  const [as, setAs] = useState(first);
  const [caption, setCaption] = useState('');
  const change = (part: Partial<SendAs>): void => setAs((before) => ({ ...before, ...part }));
  const captioned = as.document || !files.every(({ type }) => type.startsWith('audio/'));
  return (
    <Dialog title={t('files.title', { count: files.length })} close={close}>
      <Form act={act} submit={() => sayFiles(files, as, caption)} done={close} label={t('composer.send')}>
        <ul className="files">
          {numbered(files).map(({ place, item }) => (
            <li key={`${place} ${item.name}`}>
              <FileLine file={item} />
            </li>
          ))}
        </ul>
        {captioned && <TextField label={t('files.caption')} rows={2} value={caption} onChange={(event) => setCaption(event.target.value)} />}
        {files.some(isSeen) && <Check label={t('files.asDocument')} checked={as.document} change={(document) => change({ document, gif: false, viewOnce: false })} />}
        {files.every(isSeen) && !as.document && <Check label={t('files.viewOnce')} checked={as.viewOnce} change={(viewOnce) => change({ viewOnce })} />}
        {files.some(isVideo) && !as.document && <Check label={t('files.asGif')} checked={as.gif} change={(gif) => change({ gif })} />}
      </Form>
    </Dialog>
  );
}

function FileLine({ file }: { file: File }) {
  const { times } = useSpeech();
  const [url] = useState(() => (file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined));
  useEffect(() => () => (url === undefined ? undefined : URL.revokeObjectURL(url)), [url]);
  return (
    <div className="file">
      {url === undefined ? <Icon name={isVideo(file) ? 'video' : file.type.startsWith('audio/') ? 'music' : 'document'} size={28} /> : <img src={url} alt="" />}
      <span className="document-text">
        <bdi className="strong">{file.name}</bdi>
        <span className="muted">{times.size(file.size)}</span>
      </span>
    </div>
  );
}
