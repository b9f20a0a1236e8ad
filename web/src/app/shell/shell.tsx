import { Outlet, useParams } from '@tanstack/react-router';
import { Main } from '../../components/main-landmark.tsx';
import { useAccount } from '../../lib/api-provider.tsx';
import { WorkspaceProvider } from '../../lib/workspace-provider.tsx';
import { NotFoundPage } from '../fallback-pages.tsx';
import { startingWorkspace } from '../guards.ts';
import { BottomBar } from './bottom-bar.tsx';
import { FollowEvents } from './follow-events.tsx';
import { Rail } from './rail.tsx';
import { useAccountLook } from './use-account-look.ts';

export function Shell() {
  const account = useAccount();
  const { workspaceId: named } = useParams({ strict: false });
  // Pages of the account belong to no workspace; the rail keeps the last one, as the way back.
  const workspaceId = named ?? startingWorkspace(account) ?? '';
  const gone = named !== undefined && !account.workspaces.some(({ id }) => id === named);
  useAccountLook(account);
  return (
    <WorkspaceProvider workspaceId={workspaceId}>
      <FollowEvents />
      <div className="flex min-h-dvh">
        <Rail />
        <Main className="min-w-0 flex-1 p-4 pb-24 md:p-8">
          <div className="mx-auto max-w-5xl">
            {gone ? <NotFoundPage /> : <Outlet />}
          </div>
        </Main>
      </div>
      <BottomBar />
    </WorkspaceProvider>
  );
}
