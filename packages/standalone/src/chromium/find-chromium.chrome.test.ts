import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findTestChromium, openTestBrowser } from '../testing/browser.ts';
import { findChromium } from './find-chromium.ts';
import type { FoundChromium } from './found-chromium.ts';

const cacheDir = await mkdtemp(join(tmpdir(), 'waxos-chromium-'));
afterAll(() => rm(cacheDir, { recursive: true, force: true }));

/** Runs in the page, which knows canvases; Node does not, so it is text here. */
const darkPixelsOf = (png: string): string => `(async () => {
  const image = new Image();
  image.src = 'data:image/png;base64,${png}';
  await image.decode();
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  return Array.from({ length: data.length / 4 }, (_, index) => data[index * 4]).filter((red) => red < 128).length;
})()`;

/** How many pixels of a line of black text on white are dark: none where no font is found. */
const countDarkPixels = async (found: FoundChromium): Promise<unknown> => {
  const browser = await openTestBrowser(found);
  try {
    const page = await browser.newPage({ viewport: { width: 400, height: 100 } });
    await page.setContent('<body style="margin:0;font:40px sans-serif">Hello from Waxos</body>');
    return await page.evaluate(darkPixelsOf((await page.screenshot()).toString('base64')));
  } finally {
    await browser.close();
  }
};

test('with no Chromium on the PATH the one from npm is unpacked, and draws text', async () => {
  const found = await findChromium({ chosen: undefined, searchPath: '/nonexistent', cacheDir });
  expect(found.isHeadlessShell).toBe(true);
  expect(found.executablePath.startsWith(cacheDir)).toBe(true);
  expect(await countDarkPixels(found)).toBeGreaterThan(500);
});

test('the Chromium that tests use draws text', async () => {
  expect(await countDarkPixels(await findTestChromium())).toBeGreaterThan(500);
});

test('CHROMIUM_PATH that names no program is refused in a sentence that names it', async () => {
  await expect(findChromium({ chosen: '/nonexistent/chrome', searchPath: '', cacheDir })).rejects.toThrow('CHROMIUM_PATH names /nonexistent/chrome');
});
