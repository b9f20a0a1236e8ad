import { QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, type TRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { createTRPCOptionsProxy, type TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from './api-types.ts';
import { isSignedOut, readPublicError } from './failures.ts';

/** One way to ask the server: `query` for what is read and cached, `call` for what is done. */
export interface Door {
  call: TRPCClient<AppRouter>;
  query: TRPCOptionsProxy<AppRouter, { keyPrefix: true }>;
}

export interface Api {
  queryClient: QueryClient;
  account: Door;
  workspace: (workspaceId: string) => Door;
}

/** Says that the caller expects to be signed out and deals with it itself. */
export const probing = { trpc: { context: { probing: true } } } as const;

function watchSignedOut(signedOut: () => void): TRPCLink<AppRouter> {
  return () =>
    ({ next, op }) =>
      observable((observer) =>
        next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error: (error) => {
            if (isSignedOut(error) && op.context.probing !== true) signedOut();
            observer.error(error);
          },
        }),
      );
}

/** A refusal stays a refusal; only silence and a database out of reach are worth asking again. */
function isWorthRetrying(failures: number, error: unknown): boolean {
  const refusal = readPublicError(error);
  return failures < 2 && (refusal === undefined || refusal.code === 'UNAVAILABLE');
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // Offline, a question fails and says so, rather than waiting unseen for the network.
      queries: { staleTime: 10_000, retry: isWorthRetrying, networkMode: 'always', refetchOnReconnect: true },
      mutations: { networkMode: 'always' },
    },
  });
}

/** Each workspace has a client and a key prefix of its own, so that one's answers are never shown as another's. */
export function createApi(signedOut: () => void): Api {
  const queryClient = createQueryClient();
  const open = (keyPrefix: string, headers: Record<string, string>): Door => {
    const call = createTRPCClient<AppRouter>({
      links: [
        watchSignedOut(signedOut),
        // By POST also what only asks: the secret of an invitation must not stand in a proxy's log of addresses.
        httpBatchLink({ url: '/trpc', headers, maxItems: 10, methodOverride: 'POST' }),
      ],
    });
    return { call, query: createTRPCOptionsProxy<AppRouter, { keyPrefix: true }>({ client: call, queryClient, keyPrefix }) };
  };
  const doors = new Map<string, Door>();
  return {
    queryClient,
    account: open('account', {}),
    workspace: (workspaceId) => {
      const door = doors.get(workspaceId) ?? open(workspaceId, { 'waxos-workspace': workspaceId });
      doors.set(workspaceId, door);
      return door;
    },
  };
}
