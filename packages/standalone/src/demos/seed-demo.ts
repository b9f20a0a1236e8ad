import { addDeviceInput, listDevicesOutput } from '@waxos/contract/devices';
import { createWorkspaceInput } from '@waxos/contract/workspaces';
import { setupStatusOutput } from '@waxos/contract/setup';
import { z } from 'zod';
import { makePassword, saveDemoSignIn, type DemoSignIn } from './demo-sign-in.ts';
import { openPageCaller, type PageCaller } from './page-caller.ts';

interface SeedOptions {
  dataDir: string;
  url: string;
  origin: string;
  /** Waits for a link that the gateway mails; undefined where mails really leave the machine, so nobody is invited. */
  findMailedToken: ((email: string) => Promise<string>) | undefined;
}

const accountShape = z.object({ workspaces: z.tuple([z.object({ id: z.string() })], z.unknown()) });

// Names of what they are, not of people: a demo must not be mistaken for somebody.
const owner = { name: 'Demo owner', email: 'owner@demo.example' };
const colleagues = [
  { name: 'Demo admin', email: 'admin@demo.example', role: 'admin' },
  { name: 'Demo agent', email: 'agent@demo.example', role: 'agent' },
  { name: 'Demo viewer', email: 'viewer@demo.example', role: 'viewer' },
];

/** Makes the demo workspace where nobody has set Waxos up yet, as a person would; undefined where somebody has. */
export const seedDemo = async ({ dataDir, url, origin, findMailedToken }: SeedOptions): Promise<DemoSignIn | undefined> => {
  const page = openPageCaller(url, origin);
  const { needsSetup } = setupStatusOutput.parse(await page.query('setup.status'));
  if (!needsSetup) return undefined;
  const signIn = { email: owner.email, password: makePassword() };
  // Written first: a password that nobody knows would lock the demo for good.
  await saveDemoSignIn(dataDir, signIn);
  await page.mutate('setup.create', { ...owner, password: signIn.password, workspaceName: 'Demo', locale: 'en', timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone });
  const account = accountShape.parse(await page.query('account.get'));
  const inWorkspace = page.in(account.workspaces[0].id);
  const { sandboxOpen } = listDevicesOutput.pick({ sandboxOpen: true }).parse(await inWorkspace.query('devices.list'));
  if (sandboxOpen) await inWorkspace.mutate('devices.add', addDeviceInput.parse({ name: 'Demo number', kind: 'sandbox' }));
  await page.mutate('workspaces.create', createWorkspaceInput.parse({ name: 'Second demo' }));
  if (findMailedToken !== undefined) for (const colleague of colleagues) await joinDemo(inWorkspace, colleague, { url, origin, password: signIn.password, findMailedToken });
  await page.mutate('auth.signOut');
  return signIn;
};

interface Joining {
  url: string;
  origin: string;
  password: string;
  findMailedToken: (email: string) => Promise<string>;
}

const joinDemo = async (inviter: PageCaller, { name, email, role }: (typeof colleagues)[number], { url, origin, password, findMailedToken }: Joining): Promise<void> => {
  await inviter.mutate('invitations.create', { email, role });
  const token = await findMailedToken(email);
  const page = openPageCaller(url, origin);
  await page.mutate('invitations.accept', { token, person: { name, password, locale: 'en' } });
  await page.mutate('auth.signOut');
};
