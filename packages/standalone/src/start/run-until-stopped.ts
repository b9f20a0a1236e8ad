import { openParts, type Parts } from './open-parts.ts';
import { say } from './run-step.ts';

/** `lost` resolves with a sentence when something is gone that cannot be had again. */
type Open = (parts: Parts, signal: AbortSignal) => Promise<{ lost: Promise<string> }>;

/** Opens everything, waits to be told to stop, and closes everything; the exit code. Nothing stays open, whatever fails. */
export const runUntilStopped = async (open: Open, signal: AbortSignal): Promise<number> => {
  const parts = openParts();
  try {
    const { lost } = await open(parts, signal);
    const reason = await untilStopped(signal, lost);
    if (reason !== undefined) console.error(reason);
    await parts.closeAll();
    say(reason === undefined ? 'Stopped.' : 'Everything else is stopped.');
    return reason === undefined ? 0 : 1;
  } catch (error) {
    await parts.closeAll();
    if (!signal.aborted) throw error;
    say('Stopped.');
    return 130;
  }
};

const untilStopped = async (signal: AbortSignal, lost: Promise<string>): Promise<string | undefined> => {
  const stopped = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  return Promise.race([stopped, lost]);
};
