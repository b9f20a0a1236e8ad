import type { DriverEvent } from '../whatsapp/driver.ts';
import type { Life } from './life.ts';

/** Of the last things that a page told: how many could not be read. */
export interface Readings {
  readable: () => void;
  /** Whether so many of them could not be read that it is the page, and not a message. */
  unreadable: () => boolean;
  count: () => number;
}

const remembered = 40;
const tooMany = 20;

export const openReadings = (): Readings => {
  const last: boolean[] = [];
  let count = 0;
  const note = (readable: boolean): void => {
    last.push(readable);
    if (last.length > remembered) last.shift();
  };
  return {
    readable: () => note(true),
    unreadable: () => {
      count += 1;
      note(false);
      return last.filter((readable) => !readable).length >= tooMany;
    },
    count: () => count,
  };
};

/** One message that cannot be read degrades nothing; when every other one cannot, the page lacks something. */
export const noteUnreadable = (life: Life, { build, what }: Extract<DriverEvent, { type: 'unreadable' }>): void => {
  const { readings, options } = life;
  const isMany = readings.unreadable();
  const count = readings.count();
  // The first, the second, the fourth, and so on: a page that breaks at everything does not fill the log.
  if ((count & (count - 1)) === 0) options.log.warn({ device: options.device, build, what, count }, 'the page told what cannot be read');
  if (isMany) life.post({ is: 'told', news: { type: 'broken', build, missing: [what] } });
};
