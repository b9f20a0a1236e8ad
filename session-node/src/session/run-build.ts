import type { Driver } from '../whatsapp/driver.ts';
import type { BuildTold } from './build-choice.ts';
import type { Life } from './life.ts';

/** The page has loaded, or failed to: where WhatsApp served it, the node learns what it is. */
export const noteBuild = async (life: Life, driver: Driver): Promise<void> => {
  const { builds } = life.options;
  if (builds === undefined) return;
  const document = await driver.readDocument();
  if (document === undefined || life.driver !== driver) return;
  life.build = document.build;
  const reopen = builds.loaded(document, life.situation.linked);
  if (reopen) return life.post({ is: 'rebuild' });
  // What it lacks it said before it was known which build it is.
  if (life.situation.broken) tellBuild(life, { is: 'broken', build: document.build });
};

/** What comes of the build that it runs on. */
export const tellBuild = (life: Life, news: BuildTold): boolean => {
  const reopen = life.options.builds?.tell(news) ?? false;
  if (reopen) life.post({ is: 'rebuild' });
  return reopen;
};
