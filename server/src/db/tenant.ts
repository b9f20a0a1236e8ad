import type { WorkspaceEvent } from '@waxos/contract/events';
import type { Clock } from '@waxos/process/clock';
import type { Actor } from './actor.ts';
import { addEvent, hasEffects, noEffects, writeEffects, type Effects, type NewCommand, type NewJob } from './effects.ts';
import { openPool, type Pool } from './pool.ts';
import type { Db } from './connection.ts';
import { runTransaction, type Run } from './tx.ts';

/**
 * The only two ways to the database. `withTenant` binds a transaction to the actor's workspace, as a role that
 * row-level security holds; `withSystem` sees all workspaces, for the few reasons listed here.
 */
export type SystemReason =
  | 'sign-in' // finds an account by its e-mail, a session by its token
  | 'account' // a person's own login, which belongs to no workspace
  | 'setup' // makes the first owner and workspace
  | 'invitation' // a link names the workspace before anybody is signed in
  | 'api-key' // a key names the workspace
  | 'worker' // takes up due jobs of all workspaces
  | 'sweep' // forgets what is old, in all workspaces
  | 'nodes' // session nodes and their tokens, which belong to no workspace
  | 'node-link' // a node names devices; their leases name the workspaces
  | 'leases' // which node may run which device
  | 'installation' // compares the key of the first start with ours
  | 'dispatch' // gives what is asked of devices to the nodes that this gateway holds
  | 'health';

export interface Tx {
  db: Db;
  run: Run;
  now: Date;
  actor: Actor;
  workspaceId: string;
  /** An event of this workspace, seen by pages once this transaction is committed. */
  publish: (event: WorkspaceEvent) => void;
  enqueue: (job: NewJob) => void;
  /** Asks something of a session, once this transaction is committed. */
  order: (command: NewCommand) => void;
}

/** Without a way to write: PostgreSQL refuses it, and so do the types. */
export type ReadTx = Omit<Tx, 'publish' | 'enqueue' | 'order'>;

export interface SystemTx {
  db: Db;
  run: Run;
  now: Date;
  publish: (workspaceId: string, event: WorkspaceEvent) => void;
  enqueue: (workspaceId: string | null, job: NewJob) => void;
}

interface WithTenant {
  <T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Half the round trips. */
  <T>(actor: Actor, work: (tx: ReadTx) => Promise<T>, mode: 'reading'): Promise<T>;
}

export interface Doors {
  withTenant: WithTenant;
  withSystem: <T>(reason: SystemReason, work: (tx: SystemTx) => Promise<T>) => Promise<T>;
  /** Only a wake-up: whoever listens reads the rows. */
  onCommitted: (listen: (effects: Effects) => void) => void;
  close: () => Promise<void>;
}

interface DoorOptions {
  appUrl: string;
  systemUrl: string;
  poolSize: number;
  clock: Clock;
}

export const openDoors = ({ appUrl, systemUrl, poolSize, clock }: DoorOptions): Doors => {
  const app = openPool({ url: appUrl, size: poolSize, name: 'waxos app' });
  const system = openPool({ url: systemUrl, size: Math.ceil(poolSize / 3), name: 'waxos system' });
  const listeners: ((effects: Effects) => void)[] = [];
  const tell = (effects: Effects): void => {
    for (const listen of listeners) listen(effects);
  };
  return {
    withTenant: openTenantDoor({ pool: app, clock, tell }),
    withSystem: openSystemDoor({ pool: system, clock, tell }),
    onCommitted: (listen) => void listeners.push(listen),
    close: async () => {
      await Promise.all([app.close(), system.close()]);
    },
  };
};

interface Door {
  pool: Pool;
  clock: Clock;
  /** Told after every commit that caused something. */
  tell: (effects: Effects) => void;
}

const openTenantDoor =
  ({ pool, clock, tell }: Door): WithTenant =>
  async <T>(actor: Actor, work: (tx: Tx) => Promise<T>, mode?: 'reading'): Promise<T> => {
    const { workspaceId } = actor;
    const effects = noEffects();
    const now = clock.now();
    const result = await runTransaction({
      pool,
      settings: { 'waxos.workspace_id': workspaceId },
      readOnly: mode === 'reading',
      work: ({ db, run }) =>
        work({
          db,
          run,
          now,
          actor,
          workspaceId,
          publish: (event) => addEvent(effects, workspaceId, event),
          enqueue: (job) => void effects.jobs.push({ workspaceId, job }),
          order: (command) => void effects.commands.push({ workspaceId, command }),
        }),
      flush: (open) => writeEffects(open, effects, now),
    });
    if (hasEffects(effects)) tell(effects);
    return result;
  };

const openSystemDoor =
  ({ pool, clock, tell }: Door): Doors['withSystem'] =>
  async (reason, work) => {
    const effects = noEffects();
    const now = clock.now();
    const result = await runTransaction({
      pool,
      // Whoever looks at pg_stat_activity or the server's log sees why the system role was used.
      settings: { application_name: `waxos-system-${reason}` },
      readOnly: false,
      work: ({ db, run }) =>
        work({
          db,
          run,
          now,
          publish: (workspaceId, event) => addEvent(effects, workspaceId, event),
          enqueue: (workspaceId, job) => void effects.jobs.push({ workspaceId, job }),
        }),
      flush: (open) => writeEffects(open, effects, now),
    });
    if (hasEffects(effects)) tell(effects);
    return result;
  };
