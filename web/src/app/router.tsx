import { createRouter } from '@tanstack/react-router';
import type { Api } from '../lib/api.ts';
import { BrokenPage, LoadingPage, NotFoundPage } from './fallback-pages.tsx';
import { routeTree } from './routes.tsx';

export function createAppRouter(api: Api) {
  return createRouter({
    routeTree,
    context: { api },
    defaultPreload: 'intent',
    defaultPendingMs: 150,
    defaultPendingComponent: LoadingPage,
    defaultErrorComponent: BrokenPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
  /** What one page hands the next beside the address, where it would be logged and remembered. */
  interface HistoryState {
    email?: string;
  }
}
