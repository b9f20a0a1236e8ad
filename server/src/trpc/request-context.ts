import type { Services } from '../services.ts';

/** One HTTP request, as far as procedures may know it. */
export interface Arrival {
  requestId: string;
  address: string;
  userAgent: string;
  signInToken: string | undefined;
  /** The key of an `Authorization: Bearer` header. */
  apiKey: string | undefined;
  /** The `waxos-workspace` header: which of their workspaces a person means. */
  workspaceId: string | undefined;
  /** Replaces the session cookie, or takes it away. */
  setSignInSession: (session: { token: string; expiresAt: Date } | null) => void;
}

export interface RequestContext extends Services {
  arrival: Arrival;
  /** Calls batched into one request look their caller up once. */
  once: <T>(key: string, find: () => Promise<T>) => Promise<T>;
}

export const openRequestContext = (services: Services, arrival: Arrival): RequestContext => {
  const found = new Map<string, Promise<unknown>>();
  return {
    ...services,
    arrival,
    once: <T>(key: string, find: () => Promise<T>): Promise<T> => {
      const known = found.get(key);
      if (known !== undefined) return known as Promise<T>;
      const finding = find();
      found.set(key, finding);
      return finding;
    },
  };
};
