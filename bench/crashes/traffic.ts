import { setTimeout as pause } from 'node:timers/promises';
import type { Fleet } from './fleet.ts';

/** What people asked for, and what they were told. A call that broke off may or may not have been committed. */
export interface Traffic {
  invited: { confirmed: Set<string>; unknown: Set<string> };
  resets: { confirmed: Set<string>; unknown: Set<string> };
  /** Every event number the reader saw, in the order in which it saw them. */
  seen: number[];
  stop: () => Promise<void>;
}

export interface Owner {
  email: string;
  cookie: string;
  workspaceId: string;
}

const WRITERS = 6;
const RESETS_EACH = 500;
/** Accounts that exist beforehand, each of which forgets its password once at most. */
export const FORGETFUL = WRITERS * RESETS_EACH;
export const forgetfulAddress = (index: number): string => `forgetful${index}@example.com`;

const RESET_EVERY = 5;

export const startTraffic = (fleet: Fleet, owner: Owner): Traffic => {
  const traffic: Omit<Traffic, 'stop'> = { invited: { confirmed: new Set(), unknown: new Set() }, resets: { confirmed: new Set(), unknown: new Set() }, seen: [] };
  let writing = true;
  let reading = true;
  const call = openCall(fleet, owner);

  const write = async (writer: number): Promise<void> => {
    for (let turn = 0; writing; turn += 1) {
      if (turn % RESET_EVERY === 0) {
        const email = forgetfulAddress(writer * RESETS_EACH + turn / RESET_EVERY);
        const told = await call('auth.requestPasswordReset', { email });
        traffic.resets[told === undefined ? 'unknown' : 'confirmed'].add(email);
      } else {
        const email = `writer${writer}-turn${turn}@example.com`;
        const told = await call('invitations.create', { email, role: 'agent' });
        traffic.invited[told === undefined ? 'unknown' : 'confirmed'].add(email);
      }
      await pause(Math.random() * 20);
    }
  };

  const read = async (): Promise<void> => {
    let cursor = 0;
    for (let more = true; reading || more; ) {
      const page = (await call('events.list', { after: cursor }, 'query')) as { cursor: number; events: { seq: number }[] } | undefined;
      if (page === undefined) continue;
      traffic.seen.push(...page.events.map((event) => event.seq));
      more = page.events.length > 0;
      cursor = page.cursor;
      if (!more) await pause(5);
    }
  };

  const writers = Array.from({ length: WRITERS }, (_none, writer) => write(writer));
  const reader = read();
  return {
    ...traffic,
    stop: async () => {
      writing = false;
      await Promise.all(writers);
      // Only now is there nothing more to come: the reader looks until it finds the end.
      reading = false;
      await reader;
    },
  };
};

/** Undefined when the gateway died before it answered; a refusal is a fault of the benchmark and ends it. */
const openCall =
  (fleet: Fleet, owner: Owner) =>
  async (path: string, input: unknown, kind: 'query' | 'mutation' = 'mutation'): Promise<unknown> => {
    const url = await fleet.pick();
    const headers = { origin: fleet.origin, cookie: `waxos_session=${owner.cookie}`, 'waxos-workspace': owner.workspaceId, 'content-type': 'application/json' };
    const response = await fetchOrDie(kind === 'query' ? `${url}/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}` : `${url}/trpc/${path}`, {
      headers,
      ...(kind === 'query' ? {} : { method: 'POST', body: JSON.stringify(input) }),
    });
    if (response === undefined) return undefined;
    if (response.status !== 200) throw new Error(`${path} was refused: ${response.body}`);
    const { result } = JSON.parse(response.body) as { result: { data?: unknown } };
    return result.data ?? null;
  };

const fetchOrDie = async (url: string, options: RequestInit): Promise<{ status: number; body: string } | undefined> => {
  try {
    const response = await fetch(url, options);
    return { status: response.status, body: await response.text() };
  } catch (error) {
    // Cut off in the middle: exactly what the benchmark is about.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
};
