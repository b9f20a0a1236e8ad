/** The databases that WhatsApp keeps beside its messages, and about how many rows of a kilobyte each holds. */
const databases: Record<string, Record<string, number>> = {
  'signal-storage': { 'identity-store': 300, 'session-store': 600, 'prekey-store': 800 },
  'fts-storage': { 'fts-index': 1_500 },
  'jobs-storage': { jobs: 50 },
  'lru-media-storage-idb': { 'lru-media-array-buffer-cache': 200 },
  'sw-storage': { 'sw-cache': 100 },
};

const row = (n: number): { id: number; text: string } => ({ id: n, text: Array.from({ length: 64 }, (_none, at) => ((n + 1) * (at + 7) * 2_654_435_761).toString(36).slice(0, 14)).join(' ') });

/** Once for a profile: a page that finds them filled leaves them as they are. */
export const fillDatabases = async (): Promise<void> => {
  for (const [name, stores] of Object.entries(databases)) await fill(name, stores);
};

const fill = (name: string, stores: Record<string, number>): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    // Stores and rows come in one transaction: the version is there only with all of them.
    request.addEventListener('upgradeneeded', () => {
      for (const [store, count] of Object.entries(stores)) {
        const made = request.result.createObjectStore(store, { keyPath: 'id' });
        for (let n = 0; n < count; n += 1) made.put(row(n));
      }
    });
    // Left open, as WhatsApp leaves them.
    request.addEventListener('success', () => resolve());
    request.addEventListener('error', () => reject(request.error ?? new Error(`IndexedDB failed on ${name}`)));
  });
