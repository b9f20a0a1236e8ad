import type { MessageKey } from '@waxos/contract/node-link/identities';
import { workingDriver, type Life } from './life.ts';

const deadlineMs = 5 * 60_000;
const retriesMs = [30_000, 2 * 60_000, 10 * 60_000];
const atATime = 2;

const turns = new WeakMap<Life, { free: number; waiting: (() => void)[] }>();

/** Brings a message's bytes to the gateway; where that fails it is told, and tried again later. */
export const fetchMedia = async (life: Life, key: MessageKey): Promise<void> => {
  await tryFetch(life, key, 0);
};

const tryFetch = async (life: Life, key: MessageKey, tries: number): Promise<void> => {
  const outcome = await inTurn(life, () => fetchOnce(life, key)).catch((error: unknown) => life.failed('fetch media', error) ?? ('later' as const));
  if (outcome !== 'later' || tries === 0) life.outbox.tell({ type: 'upload.ended', upload: { what: 'media', key }, outcome });
  const retryMs = retriesMs[tries];
  if (outcome === 'later' && retryMs !== undefined) life.options.time.after(retryMs, () => void tryFetch(life, key, tries + 1));
};

const fetchOnce = async (life: Life, key: MessageKey): Promise<'stored' | 'gone' | 'too_large' | 'later'> => {
  const driver = workingDriver(life);
  if (driver === undefined) return 'later';
  const { device, epoch, upload } = life.options;
  const signal = AbortSignal.timeout(deadlineMs);
  const media = await driver.fetchMedia(key, signal);
  return media === 'gone' ? 'gone' : upload({ device, epoch, of: { what: 'media', key }, mimetype: media.mimetype, bytes: media.bytes, signal });
};

/** The bytes of a few at a time pass through the page's debugger. */
const inTurn = async <T>(life: Life, act: () => Promise<T>): Promise<T> => {
  const row = turns.get(life) ?? { free: atATime, waiting: [] };
  turns.set(life, row);
  if (row.free > 0) row.free -= 1;
  else await new Promise<void>((resolve) => row.waiting.push(resolve));
  try {
    return await act();
  } finally {
    const next = row.waiting.shift();
    if (next === undefined) row.free += 1;
    else next();
  }
};
