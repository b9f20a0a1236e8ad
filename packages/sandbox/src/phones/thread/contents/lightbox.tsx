import type { MediaFile } from '../../../acts/contents.ts';
import { mediaUrl } from '../../api/media-urls.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useSpeech } from '../../words/speech.tsx';

interface LightboxProps {
  media: MediaFile;
  kind: 'image' | 'video';
  title: string;
  close: () => void;
  /** What is seen once is not kept. */
  once?: boolean;
}

export function Lightbox({ media, kind, title, close, once = false }: LightboxProps) {
  const { t } = useSpeech();
  return (
    <Dialog title={title} close={close} wide>
      {/* What people send here has no captions of its own. */}
      {kind === 'image' ? <img className="large-media" src={mediaUrl(media.hash)} alt={title} /> : <video className="large-media" src={mediaUrl(media.hash)} controls autoPlay aria-label={title} />}
      {!once && (
        <p>
          <a className="button button-secondary" href={mediaUrl(media.hash)} download={media.filename ?? ''}>
            <Icon name="download" size={18} />
            <span>{t('thread.download')}</span>
          </a>
        </p>
      )}
    </Dialog>
  );
}
