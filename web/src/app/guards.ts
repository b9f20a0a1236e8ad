import { redirect } from '@tanstack/react-router';
import type { Account } from '../lib/api-types.ts';
import { probing, type Api } from '../lib/api.ts';
import { isSignedOut } from '../lib/failures.ts';
import { safePath } from '../lib/safe-path.ts';
import { readSetting } from '../lib/stored-setting.ts';

interface Arrival {
  context: { api: Api };
  location: { href: string };
}

async function findAccount(api: Api): Promise<Account | undefined> {
  try {
    return await api.queryClient.ensureQueryData(api.account.query.account.get.queryOptions(undefined, probing));
  } catch (error) {
    if (isSignedOut(error)) return undefined;
    throw error;
  }
}

const needsSetup = async (api: Api): Promise<boolean> =>
  (await api.queryClient.ensureQueryData(api.account.query.setup.status.queryOptions())).needsSetup;

/** Behind this, somebody is signed in. */
export async function requireAccount({ context: { api }, location }: Arrival): Promise<Account> {
  const account = await findAccount(api);
  if (account !== undefined) return account;
  if (await needsSetup(api)) throw redirect({ to: '/setup' });
  const next = safePath(location.href);
  throw redirect({ to: '/sign-in', search: next === undefined || next === '/' ? {} : { next } });
}

/** Sign-in and sign-up are for those who are not: others go on to where they wanted. */
export async function requireSignedOut({ context: { api }, next }: { context: { api: Api }; next: string | undefined }): Promise<void> {
  const [account, first] = await Promise.all([findAccount(api), needsSetup(api)]);
  if (first) throw redirect({ to: '/setup' });
  if (account !== undefined) throw redirect({ href: next ?? '/' });
}

export async function requireFirstVisit({ context: { api } }: { context: { api: Api } }): Promise<void> {
  if (!(await needsSetup(api))) throw redirect({ to: '/' });
}

/** The workspace used last in this browser, if one still belongs to it, else the first. */
export function startingWorkspace(account: Pick<Account, 'workspaces'>): string | undefined {
  const last = readSetting('workspace');
  return (account.workspaces.find((workspace) => workspace.id === last) ?? account.workspaces[0])?.id;
}

export async function goToStart(arrival: Arrival): Promise<never> {
  const workspaceId = startingWorkspace(await requireAccount(arrival));
  if (workspaceId === undefined) throw redirect({ to: '/new-workspace' });
  throw redirect({ to: '/w/$workspaceId', params: { workspaceId } });
}
