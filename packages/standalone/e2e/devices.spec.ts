import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBrowser } from '../src/testing/browser.ts';
import { openTestSandbox, type TestSandbox } from '../src/testing/sandbox.ts';
import { startSystem, type TestSystem } from '../src/testing/system.ts';
import { invite, join, openVisitor, setUp, type Visitor } from '../src/testing/visitor.ts';

let sandbox: TestSandbox;
let system: TestSystem;
let browser: Browser;
let owner: Visitor;
let agent: Visitor;

beforeAll(async () => {
  sandbox = await openTestSandbox();
  system = await startSystem({ environment: sandbox.variables });
  browser = await openTestBrowser();
  owner = await openVisitor(browser, system, { name: 'Owner', email: 'owner@example.com' });
  agent = await openVisitor(browser, system, { name: 'First agent', email: 'agent@example.com' });
  await setUp(owner, 'Harbour Shop');
});
afterAll(async () => {
  await owner.close();
  await agent.close();
  await browser.close();
  await system.stop();
  await sandbox.close();
});

const openDevices = async ({ page }: Visitor): Promise<void> => {
  await page.getByRole('link', { name: 'Devices' }).first().click();
  await page.getByRole('heading', { name: 'Devices', level: 1 }).waitFor();
};

test('the first device is a sandbox one, marked as such, and says what it waits for', async () => {
  const { page } = owner;
  await openDevices(owner);
  await page.getByRole('button', { name: 'Add a sandbox device' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a device' });
  expect(await dialog.getByRole('radio', { name: 'Sandbox' }).isChecked()).toBe(true);
  await dialog.getByLabel('Name').fill('Rehearsal');
  await dialog.getByRole('button', { name: 'Add a device' }).click();
  await page.getByText('Rehearsal is added.').waitFor();
  const row = page.getByRole('row', { name: /Rehearsal/ });
  expect(await row.getByRole('rowheader').innerText()).toMatch(/^Rehearsal\s+Sandbox$/);
  await row.getByText('It waits for a session node, which takes it up by itself.').waitFor();
});

test('a WhatsApp number is added only by whoever accepts the risk', async () => {
  const { page } = owner;
  await page.getByRole('button', { name: 'Add a device' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a device' });
  await dialog.getByLabel('Name').fill('Sales');
  const risk = dialog.getByRole('checkbox', { name: /may ban this number\. I accept this risk/ });
  expect(await risk.isChecked()).toBe(false);
  await dialog.getByRole('button', { name: 'Add a device' }).click();
  await dialog.getByText('A WhatsApp number can only be added when you accept this risk.').waitFor();
  await risk.check();
  await dialog.getByRole('button', { name: 'Add a device' }).click();
  await page.getByText('Sales is added.').waitFor();
  expect(await page.getByRole('row', { name: /Sales/ }).getByRole('rowheader').innerText()).toMatch(/^Sales\s+WhatsApp$/);
});

test('an agent sees the devices without what the role may not do, the way to the pretend phones, and changes as they come', async () => {
  await invite(owner, agent.email, 'Agent');
  await join(agent, system);
  await openDevices(agent);
  const { page } = agent;
  await page.getByRole('row', { name: /Rehearsal/ }).waitFor();
  expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
  const [phones] = await Promise.all([agent.context.waitForEvent('page'), page.getByRole('link', { name: 'Pretend phones' }).click()]);
  await phones.getByText('These phones are pretend.').waitFor();
  await phones.close();

  await openDevices(owner);
  await owner.page.getByRole('button', { name: 'Actions for Rehearsal' }).click();
  await owner.page.getByRole('menuitem', { name: 'Rename' }).click();
  await owner.page.getByRole('dialog').getByLabel('Name').fill('Dress rehearsal');
  await owner.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await owner.page.getByRole('row', { name: /Dress rehearsal/ }).waitFor();
  // As when somebody comes back to the tab, which does not wait for the next look at the events.
  await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
  await page.getByRole('row', { name: /Dress rehearsal/ }).waitFor();
});

test('a device is removed by who writes its name', async () => {
  const { page } = owner;
  await page.getByRole('button', { name: 'Actions for Dress rehearsal' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove Dress rehearsal?' });
  await dialog.getByRole('textbox').fill('Sales');
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await dialog.getByText('This is not the name of the device.').waitFor();
  await dialog.getByRole('textbox').fill('Dress rehearsal');
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Dress rehearsal is removed.').waitFor();
  await expect.poll(() => page.getByRole('row', { name: /Dress rehearsal/ }).count()).toBe(0);
});
