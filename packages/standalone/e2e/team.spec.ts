import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBrowser } from '../src/testing/browser.ts';
import { startSystem, type TestSystem } from '../src/testing/system.ts';
import { invite, join, openSettings, openVisitor, setUp, type Visitor } from '../src/testing/visitor.ts';

let system: TestSystem;
let browser: Browser;
let owner: Visitor;
let agent: Visitor;

beforeAll(async () => {
  system = await startSystem();
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
});

test('an invited agent joins by the link in the mail, and the owner sees it without reloading', async () => {
  await invite(owner, agent.email, 'Agent');
  await owner.page.getByRole('row', { name: new RegExp(agent.email) }).waitFor();
  await join(agent, system);
  await owner.page.getByText('No invitation is open.').waitFor({ timeout: 30_000 });
  await expect.poll(() => owner.page.getByRole('row', { name: /First agent/ }).count()).toBe(1);
});

test('an agent is not offered what the role does not allow, and the address typed by hand says so', async () => {
  await openSettings(agent, 'Members');
  await agent.page.getByRole('row', { name: /Owner/ }).waitFor();
  expect(await agent.page.getByRole('button', { name: 'Invite' }).count()).toBe(0);
  expect(await agent.page.getByRole('link', { name: 'API keys' }).count()).toBe(0);
  await agent.page.goto(agent.page.url().replace('/members', '/audit'));
  await agent.page.getByText('Your role does not show this.').waitFor();
});

test('a key is shown once, works for a program until it is revoked, and then is refused', async () => {
  const { page } = owner;
  await openSettings(owner, 'API keys');
  await page.getByRole('button', { name: 'Create a key' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('web shop');
  await dialog.getByLabel('See members').check();
  await dialog.getByRole('button', { name: 'Create the key' }).click();
  const key = await page.getByLabel('Key', { exact: true }).inputValue();
  expect(key).toMatch(/^waxos_/);
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  const ask = async (procedure: string): Promise<number> => (await fetch(`${system.url}/trpc/${procedure}`, { headers: { authorization: `Bearer ${key}` } })).status;
  expect([await ask('members.list'), await ask(`audit.list?input=${encodeURIComponent('{}')}`)]).toEqual([200, 403]);
  await page.getByRole('button', { name: 'Revoke web shop' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('web shop is revoked.').waitFor();
  expect(await ask('members.list')).toBe(401);
});

test('the audit log says who did what', async () => {
  await openSettings(owner, 'Audit log');
  await owner.page.getByText('That is everything.').waitFor();
  const acts = await owner.page.getByRole('rowheader').allInnerTexts();
  expect(acts.slice(0, 4)).toEqual(['Revoked an API key', 'Created an API key', 'Joined the workspace', 'Invited somebody']);
});

test('somebody with two workspaces goes from one to the other, and each shows its own', async () => {
  const { page } = owner;
  await page.getByRole('button', { name: 'Workspace Harbour Shop, switch' }).click();
  await page.getByRole('menuitem', { name: 'New workspace' }).click();
  await page.getByLabel('Name of the workspace').fill('Second Shop');
  await page.getByRole('button', { name: 'Create the workspace' }).click();
  await page.getByRole('button', { name: 'Workspace Second Shop, switch' }).waitFor();
  await openSettings(owner, 'Members');
  await page.getByRole('row', { name: /Owner/ }).waitFor();
  expect(await page.getByRole('row', { name: /First agent/ }).count()).toBe(0);
  await page.getByRole('button', { name: 'Workspace Second Shop, switch' }).click();
  await page.getByRole('menuitemradio', { name: 'Harbour Shop' }).or(page.getByRole('menuitem', { name: 'Harbour Shop' })).click();
  await page.getByRole('button', { name: 'Workspace Harbour Shop, switch' }).waitFor();
});

test('a removed member is out at the next click', async () => {
  const { page } = owner;
  await openSettings(owner, 'Members');
  await page.getByRole('button', { name: 'Actions for First agent' }).click();
  await page.getByRole('menuitem', { name: 'Remove from the workspace' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('First agent is no longer a member.').waitFor();
  await agent.page.goto('/');
  await expect.poll(() => agent.page.getByText('You are not in a workspace yet.').isVisible()).toBe(true);
});
