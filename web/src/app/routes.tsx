import { createRootRouteWithContext, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { Api } from '../lib/api.ts';
import { safePath } from '../lib/safe-path.ts';
import { keepSetting } from '../lib/stored-setting.ts';
import { EntryLayout } from './entry-layout.tsx';
import { NotFoundPage } from './fallback-pages.tsx';
import { goToStart, requireAccount, requireFirstVisit, requireSignedOut } from './guards.ts';
import { loadWhenOnline } from './load-when-online.ts';
import { Root } from './root.tsx';

const rootRoute = createRootRouteWithContext<{ api: Api }>()({ component: Root });

const startRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', beforeLoad: goToStart });
const notFoundRoute = createRoute({ getParentRoute: () => rootRoute, path: '/not-found', component: NotFoundPage });

// Before sign-in: one narrow column.
const entryRoute = createRoute({ getParentRoute: () => rootRoute, id: 'entry', component: EntryLayout });
const setupRoute = createRoute({
  getParentRoute: () => entryRoute,
  path: '/setup',
  beforeLoad: requireFirstVisit,
  component: lazyRouteComponent(loadWhenOnline(() => import('../features/sign-ins/setup-page.tsx')), 'SetupPage'),
});

interface SignInSearch {
  next?: string;
}

const readNext = (search: Record<string, unknown>): SignInSearch => {
  const next = safePath(search.next);
  return next === undefined ? {} : { next };
};

const signInRoute = createRoute({
  getParentRoute: () => entryRoute,
  path: '/sign-in',
  validateSearch: readNext,
  beforeLoad: ({ context, search }) => requireSignedOut({ context, next: search.next }),
  component: lazyRouteComponent(loadWhenOnline(() => import('../features/sign-ins/sign-in-page.tsx')), 'SignInPage'),
});
const signUpRoute = createRoute({
  getParentRoute: () => entryRoute,
  path: '/sign-up',
  beforeLoad: ({ context }) => requireSignedOut({ context, next: undefined }),
  component: lazyRouteComponent(loadWhenOnline(() => import('../features/sign-ins/sign-up-page.tsx')), 'SignUpPage'),
});
const forgotPasswordRoute = createRoute({
  getParentRoute: () => entryRoute,
  path: '/forgot-password',
  component: lazyRouteComponent(loadWhenOnline(() => import('../features/sign-ins/forgot-password-page.tsx')), 'ForgotPasswordPage'),
});
const resetPasswordRoute = createRoute({
  getParentRoute: () => entryRoute,
  path: '/reset-password',
  component: lazyRouteComponent(loadWhenOnline(() => import('../features/sign-ins/reset-password-page.tsx')), 'ResetPasswordPage'),
});
const invitationRoute = createRoute({
  getParentRoute: () => entryRoute,
  path: '/invitation',
  component: lazyRouteComponent(loadWhenOnline(() => import('../features/invitations/invitation-page.tsx')), 'InvitationPage'),
});

// Signed in: the shell with its rail.
const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async (arrival) => ({ account: await requireAccount(arrival) }),
  component: lazyRouteComponent(loadWhenOnline(() => import('./shell/shell.tsx')), 'Shell'),
});
const newWorkspaceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/new-workspace',
  component: lazyRouteComponent(loadWhenOnline(() => import('../features/workspaces/new-workspace-page.tsx')), 'NewWorkspacePage'),
});
const accountRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/account',
  component: lazyRouteComponent(loadWhenOnline(() => import('./account-layout.tsx')), 'AccountLayout'),
});
const accountIndexRoute = createRoute({
  getParentRoute: () => accountRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/account/profile' });
  },
});
const profileRoute = createRoute({
  getParentRoute: () => accountRoute,
  path: '/profile',
  component: lazyRouteComponent(loadWhenOnline(() => import('../features/accounts/profile-page.tsx')), 'ProfilePage'),
});
const securityRoute = createRoute({
  getParentRoute: () => accountRoute,
  path: '/security',
  component: lazyRouteComponent(loadWhenOnline(() => import('../features/accounts/security-page.tsx')), 'SecurityPage'),
});

const workspaceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/w/$workspaceId',
  beforeLoad: ({ context, params }) => {
    // A workspace of somebody else is shown by the shell as what does not exist, and is not remembered.
    if (context.account.workspaces.some(({ id }) => id === params.workspaceId)) keepSetting('workspace', params.workspaceId);
  },
});
const homeRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/',
  component: lazyRouteComponent(loadWhenOnline(() => import('../features/workspaces/home-page.tsx')), 'HomePage'),
});
const devicesRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/devices',
  component: lazyRouteComponent(loadWhenOnline(() => import('../features/devices/devices-page.tsx')), 'DevicesPage'),
});
const settingsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/settings',
  component: lazyRouteComponent(loadWhenOnline(() => import('./settings-layout.tsx')), 'SettingsLayout'),
});
const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/w/$workspaceId/settings/workspace', params });
  },
});
const workspaceSettingsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/workspace',
  component: lazyRouteComponent(loadWhenOnline(() => import('../features/workspaces/workspace-settings-page.tsx')), 'WorkspaceSettingsPage'),
});
const membersRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/members',
  component: lazyRouteComponent(loadWhenOnline(() => import('../features/members/members-page.tsx')), 'MembersPage'),
});
const apiKeysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/api-keys',
  component: lazyRouteComponent(loadWhenOnline(() => import('../features/api-keys/api-keys-page.tsx')), 'ApiKeysPage'),
});
const auditRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/audit',
  component: lazyRouteComponent(loadWhenOnline(() => import('../features/audit/audit-page.tsx')), 'AuditPage'),
});

export const routeTree = rootRoute.addChildren([
  startRoute,
  notFoundRoute,
  entryRoute.addChildren([setupRoute, signInRoute, signUpRoute, forgotPasswordRoute, resetPasswordRoute, invitationRoute]),
  signedInRoute.addChildren([
    newWorkspaceRoute,
    accountRoute.addChildren([accountIndexRoute, profileRoute, securityRoute]),
    workspaceRoute.addChildren([
      homeRoute,
      devicesRoute,
      settingsRoute.addChildren([settingsIndexRoute, workspaceSettingsRoute, membersRoute, apiKeysRoute, auditRoute]),
    ]),
  ]),
]);
