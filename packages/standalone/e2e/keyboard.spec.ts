import type { Browser, Page } from 'playwright-core';
import { waitFor } from '@waxos/process/poll';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBrowser } from '../src/testing/browser.ts';
import { startSystem, type TestSystem } from '../src/testing/system.ts';
import { openVisitor, PASSWORD, type Visitor } from '../src/testing/visitor.ts';

let system: TestSystem;
let browser: Browser;
let owner: Visitor;

beforeAll(async () => {
  system = await startSystem();
  browser = await openTestBrowser();
  owner = await openVisitor(browser, system, { name: 'Owner', email: 'owner@example.com' });
});
afterAll(async () => {
  await owner.close();
  await browser.close();
  await system.stop();
});

/** The accessible name of what has the focus: its label, else its text. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    const element = document.activeElement;
    const label = element?.getAttribute('aria-label') ?? (element?.id ? document.querySelector('label[for="' + element.id + '"]')?.textContent : undefined);
    return (label ?? element?.textContent ?? '').trim();
  })()`);

/** Tab until it is reached; a page on which it cannot be reached is a trap. */
const tabTo = async (page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> => {
  const seen: string[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    const now = await focused(page);
    if (typeof name === 'string' ? now.startsWith(name) : name.test(now)) return;
    seen.push(now);
    await page.keyboard.press(key);
  }
  throw new Error(`${name} cannot be reached by ${key}; it goes through ${seen.join(' | ')}`);
};

const waitForFocus = (page: Page, name: string): Promise<true> =>
  waitFor(async () => ((await focused(page)).startsWith(name) ? true : undefined), { timeoutMs: 5_000, what: `the focus to be on ${name}` });

const type = async (page: Page, name: string, text: string): Promise<void> => {
  await tabTo(page, name);
  await page.keyboard.type(text);
};

const press = async (page: Page, name: string | RegExp): Promise<void> => {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
};

test('first visit, inviting somebody, giving up a dialog and signing out work without a mouse', async () => {
  const { page } = owner;
  await page.goto('/');
  await page.getByRole('heading', { name: 'Set up Waxos' }).waitFor();
  await type(page, 'Your name', 'Owner');
  await type(page, 'E-mail', owner.email);
  await type(page, 'Password', PASSWORD);
  await type(page, 'Name of the workspace', 'Harbour Shop');
  await page.keyboard.press('Enter');
  await page.getByText('Nothing waits for you.').waitFor();

  await page.goto(page.url());
  await page.getByText('Nothing waits for you.').waitFor();
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Skip to the content');
  await press(page, 'Settings');
  await press(page, 'Members');
  await page.getByRole('heading', { name: 'Members', level: 1 }).waitFor();
  await press(page, /^Invite$/);
  await page.getByRole('dialog', { name: 'Invite somebody' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await waitForFocus(page, 'Invite');

  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Invite somebody' }).waitFor();
  await type(page, 'E-mail', 'agent@example.com');
  await page.keyboard.press('Enter');
  await page.getByText('The invitation to agent@example.com is sent.').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await press(page, 'Account of Owner');
  await waitForFocus(page, 'Profile');
  await page.keyboard.press('End');
  await waitForFocus(page, 'Sign out');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

test('an empty form puts the focus on the first field that is wrong, and says why beside it', async () => {
  const { page } = owner;
  await page.goto('/sign-in');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await press(page, /^Sign in$/);
  await waitForFocus(page, 'E-mail');
  const [describedBy] = (await page.getByLabel('E-mail').getAttribute('aria-describedby'))?.split(' ') ?? [];
  expect(await page.locator(`[id="${describedBy}"]`).innerText()).toMatch(/Fill this in|Write an e-mail/);
});
