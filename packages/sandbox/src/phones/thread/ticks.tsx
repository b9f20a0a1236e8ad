import type { Ack } from '../../wire/stanzas.ts';
import { useSpeech } from '../words/speech.tsx';

const looks: Record<Ack, { path: string; look: string; key: `ticks.${'failed' | 'waiting' | 'sent' | 'delivered' | 'read' | 'played'}` }> = {
  [-1]: { path: 'M9 4.5v6M9 13v.1', look: 'ticks-failed', key: 'ticks.failed' },
  0: { path: 'M9 2.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12M9 5.5v3l2 1.5', look: '', key: 'ticks.waiting' },
  1: { path: 'm4 9 3.5 3.5L14 5.5', look: '', key: 'ticks.sent' },
  2: { path: 'm1 9 3.5 3.5L11 5.5M8.5 12.5 15 5.5', look: '', key: 'ticks.delivered' },
  3: { path: 'm1 9 3.5 3.5L11 5.5M8.5 12.5 15 5.5', look: 'ticks-read', key: 'ticks.read' },
  4: { path: 'm1 9 3.5 3.5L11 5.5M8.5 12.5 15 5.5', look: 'ticks-read', key: 'ticks.played' },
};

/** How far an own message has come: a drawing for the eye, a word for the ear. They are not mirrored. */
export function Ticks({ ack }: { ack: Ack }) {
  const { t } = useSpeech();
  const { path, look, key } = looks[ack];
  return (
    <svg className={`ticks ${look}`} viewBox="0 0 17 17" width={16} height={16} role="img" aria-label={t(key)}>
      <title>{t(key)}</title>
      <path d={path} />
    </svg>
  );
}
