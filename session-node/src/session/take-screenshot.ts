import { Readable } from 'node:stream';
import type { Life } from './life.ts';

const deadlineMs = 60_000;

/** Of the page as it is now, whatever it shows; a page that cannot be seen now is not looked at later. */
export const takeScreenshot = async (life: Life, command: string): Promise<void> => {
  const { device, epoch, upload } = life.options;
  const of = { what: 'screenshot' as const, command };
  const take = async (): Promise<'stored' | 'gone' | 'too_large' | 'later'> => {
    if (life.driver === undefined) return 'gone';
    const bytes = await life.driver.screenshot();
    return upload({ device, epoch, of, mimetype: 'image/png', bytes: Readable.from([Buffer.from(bytes)]), signal: AbortSignal.timeout(deadlineMs) });
  };
  const outcome = await take().catch((error: unknown) => life.failed('take a screenshot', error) ?? ('gone' as const));
  life.outbox.tell({ type: 'upload.ended', upload: of, outcome: outcome === 'later' ? 'gone' : outcome });
};
