import type { Browser } from 'playwright-core';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBrowser } from '../src/testing/browser.ts';
import { startSystem, type TestSystem } from '../src/testing/system.ts';
import { openVisitor, PASSWORD, setUp, signIn, signOut, type Visitor } from '../src/testing/visitor.ts';

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

test('the first visitor becomes the owner of a workspace, and nobody can do so a second time', async () => {
  await setUp(owner, 'Harbour Shop');
  expect(new URL(owner.page.url()).pathname).toMatch(/^\/w\/[0-9a-f-]{36}\/?$/);
  const late = await openVisitor(browser, system, { name: 'Late', email: 'late@example.com' });
  await late.page.goto('/setup');
  await late.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await late.close();
});

test('the owner signs out and in again, and comes back to the page they wanted', async () => {
  const { page } = owner;
  await signOut(owner);
  await page.goto('/account/security');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('That e-mail and password do not match.').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Security', level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/account/security');
});

test('two-step sign-in: turned on with an app, asked for at the next sign-in, and a recovery code opens the door once', async () => {
  const { page } = owner;
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByRole('dialog').getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click();
  const secret = (await page.getByLabel('Cannot scan? Enter this key in the app').inputValue()).replaceAll(' ', '');
  const codeAfter = (seconds: number): string => new TOTP({ secret }).generate({ timestamp: Date.now() + seconds * 1000 });
  await page.getByRole('dialog').getByRole('textbox', { name: 'Code' }).fill(codeAfter(0));
  await page.getByRole('dialog').getByRole('button', { name: 'Turn on' }).click();
  const items = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await items.nth(9).waitFor();
  const codes = await items.allInnerTexts();
  expect(codes).toHaveLength(10);
  await page.getByLabel('I have kept these codes in a safe place').check();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByText('10 recovery codes are left.').waitFor();

  await signOut(owner);
  await signIn(owner);
  // One step ahead: the code of this step was used up above.
  await page.getByLabel('Code').fill(codeAfter(30));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Nothing waits for you.').waitFor();

  for (const outcome of ['Nothing waits for you.', 'That code is not valid.']) {
    if (outcome.startsWith('Nothing')) await signOut(owner);
    else await owner.context.clearCookies();
    await signIn(owner);
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(codes[0] ?? '');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText(outcome).waitFor();
  }
});

test('a forgotten password is replaced by the link in the mail, which works once', async () => {
  const visitor = await openVisitor(browser, system, { name: 'Owner', email: owner.email });
  const { page } = visitor;
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByRole('link', { name: 'Forgot the password?' }).click();
  await page.getByRole('heading', { name: 'Forgot the password' }).waitFor();
  expect(await page.getByLabel('E-mail').inputValue()).toBe(owner.email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByText('Look in your mailbox.').waitFor();
  const link = `/reset-password#${await system.findMailedToken(owner.email, 'reset-password')}`;
  await page.goto(link);
  await page.getByLabel('New password').fill('password123');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByText('This password is on lists of stolen ones.').waitFor();
  await page.getByLabel('New password').fill('amber-window-17-fern');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByText('The password is changed. Sign in with the new one.').waitFor();
  await signIn(visitor, 'amber-window-17-fern');
  await page.getByRole('heading', { name: 'Enter the code' }).waitFor();
  await page.goto('/sign-in');
  await page.goto(link);
  await page.getByLabel('New password').fill('another-window-18-fern');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await expect.poll(() => page.getByText('This link was used, revoked or is too old.').isVisible()).toBe(true);
  await visitor.close();
});
