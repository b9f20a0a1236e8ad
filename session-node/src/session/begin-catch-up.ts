import { catchUp } from './catch-up/catch-up.ts';
import { openOvertaking } from './catch-up/open-overtaking.ts';
import { nowSeconds, workingDriver, type Life } from './life.ts';

const againMs = 30_000;

/** Reads back what was missed; one at a time, and over when the page is. */
export const beginCatchUp = (life: Life): void => {
  const { options, outbox, cursors, settings } = life;
  const driver = workingDriver(life);
  life.catching?.abort();
  life.caughtUp = false;
  if (driver === undefined) return;
  const catching = new AbortController();
  life.catching = catching;
  const overtaking = openOvertaking();
  life.overtaking = overtaking;
  const end = async (): Promise<void> => {
    const done = await catchUp({
      driver,
      cursors,
      overtaking,
      tell: outbox.tell,
      kept: outbox.kept,
      room: () => waitForRoom(life, catching.signal),
      nowSeconds: () => nowSeconds(life),
      historyDays: settings.historyDays,
      signal: catching.signal,
      failed: (error) => life.failed('read a chat back', error),
    });
    if (catching.signal.aborted) return;
    options.log.info({ device: options.device, chats: done.chats, failed: done.failed, told: done.told }, 'caught up');
    life.catching = undefined;
    life.overtaking = undefined;
    life.caughtUp = done.complete;
    if (done.complete) await driver.collectGarbage();
    else options.time.after(againMs, () => (catching.signal.aborted || life.catching !== undefined ? undefined : beginCatchUp(life)));
  };
  end().catch((error: unknown) => life.failed('catch up', error));
};

const waitForRoom = ({ outbox }: Life, signal: AbortSignal): Promise<void> => {
  if (outbox.hasRoom() || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const unwatch = outbox.watch({ forgotten: () => (outbox.hasRoom() ? end() : undefined) });
    const end = (): void => {
      unwatch();
      signal.removeEventListener('abort', end);
      resolve();
    };
    signal.addEventListener('abort', end, { once: true });
  });
};
