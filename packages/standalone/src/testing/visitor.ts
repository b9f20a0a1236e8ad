import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { TestSystem } from './system.ts';

export const PASSWORD = 'violet-harbour-42-lamp';

const WAIT_MS = 15_000;

/** Somebody at a browser of their own. */
export interface Visitor {
  page: Page;
  context: BrowserContext;
  email: string;
  name: string;
  close: () => Promise<void>;
}

interface Arrival {
  name: string;
  email: string;
  locale?: string;
}

export const openVisitor = async (browser: Browser, system: TestSystem, { name, email, locale = 'en' }: Arrival): Promise<Visitor> => {
  const context = await browser.newContext({ baseURL: system.url, locale, viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(WAIT_MS);
  return { page: await context.newPage(), context, email, name, close: () => context.close() };
};

/** Fills in the first visit; ends on the home of the new workspace. */
export const setUp = async ({ page, name, email }: Visitor, workspaceName: string): Promise<void> => {
  await page.goto('/');
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Name of the workspace').fill(workspaceName);
  await page.getByRole('button', { name: 'Create the workspace' }).click();
  await page.getByText('Nothing waits for you.').waitFor();
};

export const signIn = async ({ page, email }: Visitor, password: string = PASSWORD): Promise<void> => {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
};

export const signOut = async ({ page, name }: Visitor): Promise<void> => {
  await page.getByRole('button', { name: `Account of ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
};

/** Goes to a page of the settings by the links a person would use. */
export const openSettings = async ({ page }: Visitor, section: 'Workspace' | 'Members' | 'API keys' | 'Audit log'): Promise<void> => {
  await page.getByRole('link', { name: 'Settings' }).first().click();
  await page.getByRole('link', { name: section, exact: true }).click();
  await page.getByRole('heading', { name: section, level: 1 }).waitFor();
};

/** Invites by the dialog on the members page. */
export const invite = async (owner: Visitor, email: string, role: string): Promise<void> => {
  const { page } = owner;
  await openSettings(owner, 'Members');
  await page.getByRole('button', { name: 'Invite' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByRole('radio', { name: role }).check();
  await dialog.getByRole('button', { name: 'Send the invitation' }).click();
  await page.getByText(`The invitation to ${email} is sent.`).waitFor();
};

/** Follows the mailed link as a person without an account. */
export const join = async (visitor: Visitor, system: TestSystem): Promise<void> => {
  const { page, email, name } = visitor;
  await page.goto(`/invitation#${await system.findMailedToken(email)}`);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create the account and join' }).click();
  await page.getByText('Nothing waits for you.').waitFor();
};
