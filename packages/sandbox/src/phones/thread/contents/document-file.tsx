import type { MediaFile } from '../../../acts/contents.ts';
import { mediaUrl } from '../../api/media-urls.ts';
import { Icon } from '../../parts/icon.tsx';
import { useSpeech } from '../../words/speech.tsx';

export function DocumentFile({ media }: { media: MediaFile }) {
  const { t, times } = useSpeech();
  const name = media.filename ?? t('kind.document');
  const pages = media.pages === undefined ? '' : ` · ${t('thread.pages', { count: media.pages })}`;
  return (
    <a className="document" href={mediaUrl(media.hash)} download={name}>
      <Icon name="document" size={28} />
      <span className="document-text">
        <bdi className="strong">{name}</bdi>
        <span className="muted">
          {times.size(media.size)}
          {pages}
        </span>
      </span>
      <Icon name="download" />
    </a>
  );
}
