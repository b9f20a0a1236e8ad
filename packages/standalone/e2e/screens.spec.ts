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
let firstVisitFaults: string[];

const LONG_NAME = 'Companhia Brasileira de Distribuição e Importação de Produtos Náuticos Ltda.';

beforeAll(async () => {
  system = await startSystem();
  browser = await openTestBrowser();
  owner = await openVisitor(browser, system, { name: 'Owner with a rather long name for a small screen', email: 'a.very.long.address.of.an.owner@subdomain.example.com' });
  await owner.page.goto('/');
  firstVisitFaults = await findFaults(owner.page, '/setup');
  await setUp(owner, LONG_NAME);
  workspacePath = new URL(owner.page.url()).pathname.replace(/\/$/, '');
  for (const kind of ['sandbox', 'whatsapp']) await addDevice(kind);
  await invite(owner, 'somebody.with.a.long.address@subdomain.example.com', 'Agent');
});
afterAll(async () => {
  process.stdout.write(`axe: ${pagesTried} pages tried\n`);
  await owner.close();
  await browser.close();
  await system.stop();
});

const addDevice = async (kind: string): Promise<void> => {
  const data = { name: `${kind} with quite a long name of seventy characters, for a small screen`, kind, riskAcknowledged: kind === 'whatsapp' };
  const added = await owner.context.request.post('/trpc/devices.add', { data, headers: { origin: system.url, 'waxos-workspace': workspacePath.replace('/w/', '') } });
  expect(added.status()).toBe(200);
};

const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } } as const;
const signedIn = ['', '/devices', '/settings/workspace', '/settings/members', '/settings/api-keys', '/settings/audit'];
const account = ['/account/profile', '/account/security', '/new-workspace'];
const entry = ['/sign-in', '/sign-up', '/forgot-password', '/reset-password#some.token', '/reset-password', '/invitation#some.token', '/not-found'];

/** What axe finds, and what is cut off sideways. */
const findFaults = async (page: Page, name: string): Promise<string[]> => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  pagesTried += 1;
  const faults = await findAxeViolations(page);
  const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'));
  if (overflow > 0) faults.push(`${overflow} px wider than the screen`);
  return faults.map((fault) => `${name}: ${fault}`);
};

const findFaultsOfAll = async (page: Page, paths: readonly string[]): Promise<string[]> => {
  const faults: string[] = [];
  for (const path of paths) {
    await page.goto('about:blank');
    await page.goto(path);
    faults.push(...(await findFaults(page, path)));
  }
  return faults;
};

test('axe finds nothing on the first visit', () => {
  expect(firstVisitFaults).toEqual([]);
});

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test.each(['wide', 'narrow'] as const)('axe finds nothing on any screen, %s', async (size) => {
    await owner.page.setViewportSize(sizes[size]);
    await owner.page.emulateMedia({ colorScheme });
    const faults = await findFaultsOfAll(owner.page, [...signedIn.map((path) => workspacePath + path), ...account]);
    const stranger = await openVisitor(browser, system, { name: '', email: '' });
    await stranger.page.setViewportSize(sizes[size]);
    await stranger.page.emulateMedia({ colorScheme });
    faults.push(...(await findFaultsOfAll(stranger.page, entry)));
    await stranger.close();
    expect(faults).toEqual([]);
  });
});

test.each(['pt-BR', 'es', 'id', 'ar'])('every screen fits 390 px and pleases axe in %s', async (locale) => {
  const stranger = await openVisitor(browser, system, { name: '', email: '', locale });
  await stranger.page.setViewportSize(sizes.narrow);
  await stranger.page.goto('/sign-in');
  await stranger.page.getByRole('heading', { level: 1 }).waitFor();
  expect(await stranger.page.evaluate('[document.documentElement.lang, document.documentElement.dir]')).toEqual([locale, locale === 'ar' ? 'rtl' : 'ltr']);
  const faults = await findFaultsOfAll(stranger.page, entry);
  await stranger.close();
  const caller = await owner.context.request.post('/trpc/account.update', { data: { locale }, headers: { origin: system.url } });
  expect(caller.status()).toBe(200);
  await owner.page.setViewportSize(sizes.narrow);
  faults.push(...(await findFaultsOfAll(owner.page, [...signedIn.map((path) => workspacePath + path), ...account])));
  expect(faults).toEqual([]);
});
