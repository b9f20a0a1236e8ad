import { accountRouter } from './features/accounts/router.ts';
import { apiKeysRouter } from './features/api-keys/router.ts';
import { auditRouter } from './features/audit/router.ts';
import { devicesRouter } from './features/devices/router.ts';
import { eventsRouter } from './features/events/router.ts';
import { invitationsRouter } from './features/invitations/router.ts';
import { membersRouter } from './features/members/router.ts';
import { setupRouter } from './features/setup/router.ts';
import { authRouter } from './features/sign-ins/router.ts';
import { workspacesRouter } from './features/workspaces/router.ts';
import { router } from './trpc/procedures.ts';

export const appRouter = router({
  setup: setupRouter,
  auth: authRouter,
  account: accountRouter,
  workspaces: workspacesRouter,
  members: membersRouter,
  invitations: invitationsRouter,
  devices: devicesRouter,
  apiKeys: apiKeysRouter,
  audit: auditRouter,
  events: eventsRouter,
});

export type AppRouter = typeof appRouter;
