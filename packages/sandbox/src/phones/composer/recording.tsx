import { useEffect, useState } from 'react';
import { IconButton } from '../parts/button.tsx';
import { useSpeech } from '../words/speech.tsx';

export function Recording({ since, cancel, send }: { since: number; cancel: () => void; send: () => void }) {
  const { t, times } = useSpeech();
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="composer composer-recording">
      <div className="composer-line">
        <IconButton icon="trash" label={t('voice.cancel')} onClick={cancel} />
        <p role="status" className="recording">
          <span className="recording-dot" aria-hidden /> {t('voice.recording')} <time dir="ltr">{times.length(Math.max(0, now - since) / 1_000)}</time>
        </p>
        <IconButton icon="send" label={t('voice.send')} className="send" autoFocus onClick={send} />
      </div>
    </div>
  );
}
