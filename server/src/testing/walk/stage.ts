import type { Permission, Role } from '@waxos/contract/permissions';
import type { Answer, Client } from '../call.ts';
import { arriveMember, arriveOwner, type Person } from '../people.ts';
import { openTestGateway, type TestGateway } from '../test-gateway.ts';
import type { Deed } from './deed.ts';
import type { WalkedProcedure } from './walked-procedure.ts';

/** Two workspaces that know nothing of each other: Harbour with somebody of each role, and Lagoon with its owner. */
export interface Stage {
  gateway: TestGateway;
  people: Record<Role, Person>;
  rival: Person;
  /** A program with an API key of the person's workspace. */
  keyOf: (owner: Person, scopes: readonly Permission[]) => Promise<Client>;
  /** Somebody of that role in the owner's workspace whom the caller may use up. */
  fresh: (owner: Person, role: Role) => Promise<Person>;
  /** Another browser in which this person signed in. */
  freshSession: (person: Person) => Promise<Client>;
  /** Another installation, closed together with this one. */
  openAnother: (env?: Record<string, string>) => Promise<TestGateway>;
  /** Makes one call and counts it. */
  send: (procedure: Pick<WalkedProcedure, 'kind' | 'path'>, deed: Pick<Deed, 'input' | 'client' | 'on'>) => Promise<Answer>;
  callsMade: () => number;
  close: () => Promise<void>;
}

export const openStage = async (): Promise<Stage> => {
  const gateway = await openTestGateway({ SIGN_UP: 'open' });
  const others: TestGateway[] = [];
  const owner = await arriveOwner(gateway, 'Harbour');
  const fresh: Stage['fresh'] = (by, role) => arriveMember(gateway, by, role);
  const [admin, agent, viewer, rival] = [await fresh(owner, 'admin'), await fresh(owner, 'agent'), await fresh(owner, 'viewer'), await arriveOwner(gateway, 'Lagoon')];
  let calls = 0;
  return {
    gateway,
    people: { owner, admin, agent, viewer },
    rival,
    fresh,
    keyOf: async ({ client, workspaceId }, scopes) => {
      const made = await gateway.call.mutate('apiKeys.create', { name: 'A program', scopes, expiresInDays: null }, client);
      return { apiKey: fieldOf(made, 'key'), workspaceId };
    },
    freshSession: async ({ email, password, workspaceId }) => {
      const { cookie } = await gateway.call.mutate('auth.signIn', { email, password });
      if (cookie === undefined) throw new Error(`${email} could not sign in`);
      return { cookie, workspaceId };
    },
    openAnother: async (env) => {
      const another = await openTestGateway(env);
      others.push(another);
      return another;
    },
    send: ({ kind, path }, { input, client, on = gateway }) => {
      calls += 1;
      return kind === 'query' ? on.call.query(path, input, client) : on.call.mutate(path, input, client);
    },
    callsMade: () => calls,
    close: async () => {
      for (const open of [gateway, ...others]) await open.close();
    },
  };
};

/** A text among what a procedure returned. */
export const fieldOf = (answer: Answer, name: string): string => {
  const { data } = answer;
  const value: unknown = typeof data === 'object' && data !== null ? Object.entries(data).find(([key]) => key === name)?.[1] : undefined;
  if (typeof value !== 'string') throw new Error(`no ${name} in ${JSON.stringify(answer)}`);
  return value;
};
