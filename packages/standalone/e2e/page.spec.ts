import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { openTestBrowser } from '../src/testing/browser.ts';
import { startSystem, type TestSystem } from '../src/testing/system.ts';

let system: TestSystem;
let browser: Browser;

beforeAll(async () => {
  system = await startSystem();
  browser = await openTestBrowser();
});

afterAll(async () => {
  await browser.close();
  await system.stop();
});

test('whoever comes first is asked to set Waxos up, and nothing is refused by the content security policy', async () => {
  const page = await browser.newPage({ locale: 'en' });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
  });
  await page.goto(system.url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/setup');
  expect(complaints).toEqual([]);
});
