import { useRef, useState } from 'react';
import type { Content } from '../../../acts/contents.ts';
import type { ThreadMessage } from '../../../network/phone-view.ts';
import { mediaUrl } from '../../api/media-urls.ts';
import { IconButton } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { numbered } from '../../parts/numbered.ts';
import { useToasts } from '../../parts/toasts.tsx';
import { usePhone } from '../../phone/phone-context.ts';
import { useSpeech } from '../../words/speech.tsx';
import { refOf } from '../message-ref.ts';
import { barsOf } from './waveform-bars.ts';

interface PlayerProps {
  message: ThreadMessage;
  content: Extract<Content, { kind: 'audio' | 'voice' }>;
}

/** Voice notes and music. Time runs from left to right in every language. */
export function Player({ message, content }: PlayerProps) {
  const { t, times } = useSpeech();
  const { attempt } = useToasts();
  const { perform } = usePhone();
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [lost, setLost] = useState(false);
  const { media, kind } = content;
  const length = media.seconds ?? 0;
  const toggle = (): void => {
    const element = audio.current;
    if (element === null) return;
    if (playing) return element.pause();
    attempt(() => element.play());
    if (kind === 'voice' && !message.key.fromMe && message.ack < 4) attempt(() => perform('message.played', { message: refOf(message) }));
  };
  return (
    <div className="player" dir="ltr">
      <IconButton icon={playing ? 'pause' : 'play'} label={playing ? t('player.pause') : t('player.play')} className="player-button" onClick={toggle} />
      <div className="player-track">
        <Track bars={kind === 'voice' ? barsOf(media.waveform) : []} share={length === 0 ? 0 : at / length} />
        <span className="muted">
          {lost ? t('thread.mediaLost') : times.length(playing || at > 0 ? at : length)} {kind === 'audio' && media.filename !== undefined && <bdi>{media.filename}</bdi>}
        </span>
      </div>
      <span className={kind === 'voice' && message.ack === 4 ? 'player-kind player-kind-played' : 'player-kind'} role="img" aria-label={t(`kind.${kind}`)}>
        <Icon name={kind === 'voice' ? 'mic' : 'music'} size={18} />
      </span>
      <audio
        ref={audio}
        src={mediaUrl(media.hash)}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setAt(0)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onError={() => setLost(true)}
      />
    </div>
  );
}

function Track({ bars, share }: { bars: readonly number[]; share: number }) {
  if (bars.length === 0) {
    return (
      <span className="bar" aria-hidden>
        <span style={{ inlineSize: `${share * 100}%` }} />
      </span>
    );
  }
  return (
    <span className="wave" aria-hidden>
      {numbered(bars).map(({ place, item }) => (
        <i key={place} className={place / bars.length < share ? 'wave-played' : ''} style={{ blockSize: `${item}%` }} />
      ))}
    </span>
  );
}
