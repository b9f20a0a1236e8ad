import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAxeViolations } from '../src/testing/axe.ts';
import { openTestBrowser } from '../src/testing/browser.ts';
import { startSystem, type TestSystem } from '../src/testing/system.ts';
import { invite, openVisitor, setUp, type Visitor } from '../src/testing/visitor.ts';

let system: TestSystem;
let browser: Browser;
let owner: Visitor;
let workspacePath: string;
let pagesTried = 0;

const LONG_NAME = 'Companhia Brasileira de Distribuição e Importação de Produtos Náuticos Ltda.';

beforeAll(async () => {
  system = await startSystem();
  browser = await openTestBrowser();
  owner = await openVisitor(browser, system, { name: 'Owner with a rather long name for a small screen', email: 'a.very.long.address.of.an.owner@subdomain.example.com' });
  await owner.page.goto('/');
  await look(owner.page, 'setup', 'en');
  await setUp(owner, LONG_NAME);
  workspacePath = new URL(owner.page.url()).pathname.replace(/\/$/, '');
  await invite(owner, 'somebody.with.a.long.address@subdomain.example.com', 'Agent');
});
afterAll(async () => {
  process.stdout.write(`axe: ${pagesTried} pages tried\n`);
  await owner.close();
  await browser.close();
  await system.stop();
});

const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } } as const;
const signedIn = ['', '/settings/workspace', '/settings/members', '/settings/api-keys', '/settings/audit'];
const account = ['/account/profile', '/account/security', '/new-workspace'];
const entry = ['/sign-in', '/sign-up', '/forgot-password', '/reset-password#some.token', '/reset-password', '/invitation#some.token', '/not-found'];

/** axe finds nothing, nothing is cut off sideways, and the page has one main heading. */
const look = async (page: Page, name: string, where: string): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  pagesTried += 1;
  expect(await findAxeViolations(page), `${name} ${where}`).toEqual([]);
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(overflow, `${name} ${where} is wider than the screen`).toBeLessThanOrEqual(0);
};

const lookAtAll = async (page: Page, paths: readonly string[], where: string): Promise<void> => {
  for (const path of paths) {
    await page.goto('about:blank');
    await page.goto(path);
    await look(page, path, where);
  }
};

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test.each(['wide', 'narrow'] as const)('axe finds nothing on any screen, %s', async (size) => {
    await owner.page.setViewportSize(sizes[size]);
    await owner.page.emulateMedia({ colorScheme });
    await lookAtAll(owner.page, [...signedIn.map((path) => workspacePath + path), ...account], `${colorScheme} ${size}`);
    const stranger = await openVisitor(browser, system, { name: '', email: '' });
    await stranger.page.setViewportSize(sizes[size]);
    await stranger.page.emulateMedia({ colorScheme });
    await lookAtAll(stranger.page, entry, `${colorScheme} ${size}`);
    await stranger.close();
  });
});

test.each(['pt-BR', 'es', 'id', 'ar'])('every screen fits 390 px and pleases axe in %s', async (locale) => {
  const stranger = await openVisitor(browser, system, { name: '', email: '', locale });
  await stranger.page.setViewportSize(sizes.narrow);
  await stranger.page.goto('/sign-in');
  await stranger.page.getByRole('heading', { level: 1 }).waitFor();
  expect(await stranger.page.evaluate('[document.documentElement.lang, document.documentElement.dir]')).toEqual([locale, locale === 'ar' ? 'rtl' : 'ltr']);
  await lookAtAll(stranger.page, entry, `${locale} narrow`);
  await stranger.close();
  const caller = await owner.context.request.post('/trpc/account.update', { data: { locale }, headers: { origin: system.url } });
  expect(caller.status()).toBe(200);
  await owner.page.setViewportSize(sizes.narrow);
  await lookAtAll(owner.page, [...signedIn.map((path) => workspacePath + path), ...account], `${locale} narrow`);
});
