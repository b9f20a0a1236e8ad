import type { Browser, Target } from 'puppeteer-core';

/**
 * Pictures, sound, films and fonts that nobody will look at. What a conversation carries goes encrypted under names
 * without such an ending, and is not touched. Not by `--blink-settings=imagesEnabled=false`: with it an image made of
 * a blob neither loads nor fails (Chromium 153 and 156), and whoever waits for it in the page waits for ever.
 */
const endings = ['png', 'jpg', 'jpeg', 'gif', 'webp', 'avif', 'svg', 'ico', 'woff', 'woff2', 'ttf', 'otf', 'mp3', 'm4a', 'ogg', 'opus', 'mp4', 'webm'];
const blocked = ['*://pps.whatsapp.net/*', ...endings.flatMap((ending) => [`http*.${ending}`, `http*.${ending}?*`])];

/** Of every page that the browser has or gets; a page that is gone meanwhile needs it no more. */
export const blockDownloads = async (browser: Browser, onFailure: (error: unknown) => void): Promise<void> => {
  browser.on('targetcreated', (target) => void blockIn(target).catch((error: unknown) => (browser.connected && browser.targets().includes(target) ? onFailure(error) : undefined)));
  await Promise.all(browser.targets().map(blockIn));
};

/** The session stays open: what it blocks is let through when it ends. */
const blockIn = async (target: Target): Promise<void> => {
  if (target.type() !== 'page') return;
  const session = await target.createCDPSession();
  // No body is kept for anybody to ask for.
  await session.send('Network.enable', { maxTotalBufferSize: 0, maxResourceBufferSize: 0 });
  await session.send('Network.setBlockedURLs', { urls: blocked });
};
