import { useSyncExternalStore } from 'react';

const stepMs = 20_000;
let now = Date.now() / 1_000;

function watchClock(changed: () => void): () => void {
  now = Date.now() / 1_000;
  const timer = setInterval(() => {
    now = Date.now() / 1_000;
    changed();
  }, stepMs);
  return () => clearInterval(timer);
}

/** Seconds, as messages count them; the page is drawn anew now and then, so that what runs out does so before one's eyes. */
export const useNow = (): number => useSyncExternalStore(watchClock, () => now);
