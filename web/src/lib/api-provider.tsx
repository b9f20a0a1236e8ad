import { QueryClientProvider, useSuspenseQuery } from '@tanstack/react-query';
import { createContext, use, type ReactNode } from 'react';
import type { Account } from './api-types.ts';
import type { Api } from './api.ts';

const ApiContext = createContext<Api | undefined>(undefined);

export function ApiProvider({ api, children }: { api: Api; children: ReactNode }) {
  return (
    <ApiContext value={api}>
      <QueryClientProvider client={api.queryClient}>{children}</QueryClientProvider>
    </ApiContext>
  );
}

export function useApi(): Api {
  const api = use(ApiContext);
  if (api === undefined) throw new Error('useApi was called outside of ApiProvider.');
  return api;
}

/** Whoever is signed in. Only pages behind the sign-in guard, which has loaded it, may ask. */
export function useAccount(): Account {
  const { account } = useApi();
  return useSuspenseQuery(account.query.account.get.queryOptions()).data;
}
