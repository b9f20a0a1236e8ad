import type { DriverEvent } from '../whatsapp/driver.ts';
import type { Life } from './life.ts';

/** One message that cannot be read degrades nothing; when every other one cannot, the page lacks something. */
export const noteUnreadable = (life: Life, { build, what }: Extract<DriverEvent, { type: 'unreadable' }>): void => {
  const { readings, options } = life;
  const isMany = readings.unreadable();
  const count = readings.count();
  // The first, the second, the fourth, and so on: a page that breaks at everything does not fill the log.
  if ((count & (count - 1)) === 0) options.log.warn({ device: options.device, build, what, count }, 'the page told what cannot be read');
  if (isMany) life.post({ is: 'told', news: { type: 'broken', build, missing: [what] } });
};
