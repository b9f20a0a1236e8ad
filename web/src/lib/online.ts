import { useSyncExternalStore } from 'react';

function watchConnection(changed: () => void): () => void {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
}

/** False when the browser knows that it has no network. True promises nothing. */
export const useOnline = (): boolean => useSyncExternalStore(watchConnection, () => navigator.onLine);
