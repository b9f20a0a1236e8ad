import { useState } from 'react';
import type { Content, MediaFile } from '../../../acts/contents.ts';
import type { ThreadMessage } from '../../../network/phone-view.ts';
import { mediaUrl } from '../../api/media-urls.ts';
import { Icon } from '../../parts/icon.tsx';
import { useSpeech } from '../../words/speech.tsx';
import { Lightbox } from './lightbox.tsx';
import { ViewOnce } from './view-once.tsx';

type PictureContent = Extract<Content, { kind: 'image' | 'video' }>;

interface PictureProps {
  message: ThreadMessage;
  content: PictureContent;
  /** In an album all are squares. */
  square?: boolean;
}

/** An image, a video or a GIF; a press shows it large. */
export function Picture({ message, content, square = false }: PictureProps) {
  const { t, times } = useSpeech();
  const [open, setOpen] = useState(false);
  const { media } = content;
  const gif = content.kind === 'video' && content.gif === true;
  const what = content.kind === 'image' ? t('kind.image') : gif ? t('kind.gif') : t('kind.video');
  if (content.viewOnce === true) return <ViewOnce message={message} content={content} />;
  return (
    <>
      <button type="button" className={square ? 'picture picture-square' : 'picture'} style={square ? undefined : { aspectRatio: shapeOf(media) }} aria-label={t('thread.openMedia', { what })} onClick={() => setOpen(true)}>
        <MediaFrame media={media} video={content.kind === 'video'} playing={gif} />
        {content.kind === 'video' && !gif && (
          <span className="picture-mark">
            <Icon name="play" /> {media.seconds !== undefined && times.length(media.seconds)}
          </span>
        )}
        {gif && (
          <span className="picture-mark" aria-hidden>
            GIF
          </span>
        )}
      </button>
      {open && <Lightbox media={media} kind={content.kind} title={what} close={() => setOpen(false)} />}
    </>
  );
}

/** Neither endlessly high nor flat, whatever the file says of itself. */
function shapeOf({ width, height }: MediaFile): string {
  if (width === undefined || height === undefined) return '4 / 3';
  return String(Math.min(1.9, Math.max(0.7, width / height)));
}

function MediaFrame({ media, video, playing }: { media: MediaFile; video: boolean; playing: boolean }) {
  const { t } = useSpeech();
  const [lost, setLost] = useState(false);
  const preview = media.preview === undefined ? undefined : `data:image/jpeg;base64,${media.preview}`;
  if (lost) return <span className="picture-lost">{t('thread.mediaLost')}</span>;
  if (video) return <video src={mediaUrl(media.hash)} poster={playing ? undefined : preview} muted playsInline loop={playing} autoPlay={playing && !calm()} preload="metadata" aria-hidden tabIndex={-1} onError={() => setLost(true)} />;
  return <img src={mediaUrl(media.hash)} alt="" loading="lazy" onError={() => setLost(true)} />;
}

const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

export function Sticker({ media }: { media: MediaFile }) {
  const { t } = useSpeech();
  return <img className="sticker" src={mediaUrl(media.hash)} alt={t('kind.sticker')} loading="lazy" />;
}
