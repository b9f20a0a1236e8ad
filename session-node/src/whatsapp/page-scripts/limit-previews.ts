import type { Page } from './page.ts';

/** The preview of a link is worth no failed or waiting message: without one in time it goes out as it is. */
export const limitPreviews = (): void => {
  const page = globalThis as unknown as Page;
  page.waxosWatching ??= {};
  if (page.waxosWatching.previews === true) return;
  page.waxosWatching.previews = true;
  const door = page.require('WAWebLinkPreviewChatAction');
  const get = door.getLinkPreview.bind(door);
  door.getLinkPreview = (link) => Promise.race([get(link), new Promise((resolve) => setTimeout(resolve, 5_000))]).catch(() => undefined);
};
