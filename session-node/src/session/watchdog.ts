import type { Driver } from '../whatsapp/driver.ts';
import type { Input } from './situation.ts';
import { pauseFor, type Time } from './time.ts';

/**
 * Tells slow from stuck, while a page is in use. Each beat pings it; a ping that is late counts only if nothing else
 * came from the page meanwhile: a page busy with a sync answers late and tells much. Each third beat asks whether its
 * listener still hears.
 */
export interface Watchdog {
  /** Something came from the page. */
  life: () => void;
  awaitTick: (messageId: string) => void;
  dropTick: (messageId: string) => void;
  stop: () => void;
}

interface WatchdogOptions {
  driver: Pick<Driver, 'ping' | 'hears'>;
  time: Time;
  tell: (input: Extract<Input, { is: 'ailing' | 'well' }>) => void;
  /** All is well, at this beat. */
  beat: () => void;
  failed: (error: unknown) => void;
}

const beatMs = 10_000;
const pingDeadlineMs = 15_000;
const tickDeadlineMs = 60_000;

export const openWatchdog = ({ driver, time, tell, beat, failed }: WatchdogOptions): Watchdog => {
  const ticks = new Map<string, number>();
  const stopping = new AbortController();
  let lived = 0;
  let beats = 0;
  let deaf = false;
  const now = (): number => time.now().getTime();

  /** Undefined: it answered neither yes nor no in time. */
  const ask = async (question: () => Promise<boolean>): Promise<boolean | undefined> => {
    const answered = new AbortController();
    const late = pauseFor(time, pingDeadlineMs, AbortSignal.any([stopping.signal, answered.signal])).then(() => undefined);
    // A page that is not there may say so by throwing at once.
    const answer = Promise.resolve()
      .then(question)
      .catch(() => undefined);
    return Promise.race([answer, late]).finally(() => answered.abort());
  };
  const judge = async (): Promise<Extract<Input, { is: 'ailing' }>['reason'] | 'slow' | undefined> => {
    const before = lived;
    const answered = await ask(() => driver.ping().then(() => true));
    if (answered === undefined) return lived === before ? 'page_stuck' : 'slow';
    // Once deaf, each beat asks: an answered ping alone does not make it well.
    if (beats % 3 === 0 || deaf) deaf = (await ask(() => driver.hears())) === false;
    if (deaf) return 'deaf';
    return [...ticks.values()].some((since) => now() - since >= tickDeadlineMs) ? 'no_tick' : undefined;
  };
  const run = async (): Promise<void> => {
    for (;;) {
      await pauseFor(time, beatMs, stopping.signal);
      if (stopping.signal.aborted) return;
      beats += 1;
      const verdict = await judge();
      if (stopping.signal.aborted) return;
      if (verdict === undefined) {
        tell({ is: 'well' });
        beat();
      } else if (verdict !== 'slow') tell({ is: 'ailing', reason: verdict });
    }
  };
  run().catch(failed);
  return {
    life: () => {
      lived += 1;
    },
    awaitTick: (id) => void ticks.set(id, now()),
    dropTick: (id) => void ticks.delete(id),
    stop: () => stopping.abort(),
  };
};
