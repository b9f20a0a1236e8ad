import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { followClock } from '@waxos/session-node/link/follow-clock';
import { openLink, type Link, type LinkOptions } from '@waxos/session-node/link/open-link';
import type { CommandFrame, EventFrame, LeaseRenewal } from '@waxos/contract/node-link/frames';
import { systemClock } from '@waxos/process/clock';
import { openLog } from '@waxos/process/log';
import { waitFor } from '@waxos/process/poll';
import { openTestDatabase } from '@waxos/standalone/testing/database';
import { sql } from 'drizzle-orm';
import { Registry } from 'prom-client';
import { newId } from '../../../db/ids.ts';
import { openDoors, type Doors } from '../../../db/tenant.ts';
import { addNode, type AddedNode } from '../../nodes/add-node.ts';
import type { Ingest } from '../ingest.ts';
import { openNodeLinks, type NodeLinks, type NodeLinksOptions } from '../open-node-links.ts';
import { openSocketServer } from '../open-socket-server.ts';

/** A database with one workspace, and what the tests of the link do in it. */
export interface Ground {
  doors: Doors;
  workspaceId: string;
  superuserUrl: string;
  rows: (query: ReturnType<typeof sql>) => Promise<Record<string, unknown>[]>;
  addDevice: () => Promise<string>;
  addNode: (name?: string) => Promise<AddedNode>;
  /** As placement would, past all its questions. */
  lease: (of: { device: string; node: string; epoch?: number; seconds?: number }) => Promise<void>;
  close: () => Promise<void>;
}

export const openGround = async (): Promise<Ground> => {
  const database = await openTestDatabase();
  const doors = openDoors({ appUrl: database.appUrl, systemUrl: database.systemUrl, poolSize: 9, clock: systemClock });
  const workspaceId = newId();
  const rows: Ground['rows'] = (query) => doors.withSystem('nodes', async (tx) => [...(await tx.db.execute(query))]);
  await rows(sql`insert into workspaces (id, name, created_at) values (${workspaceId}::uuid, 'Harbour', now())`);
  await rows(sql`insert into workspace_cursors (workspace_id) values (${workspaceId}::uuid)`);
  return {
    doors,
    workspaceId,
    superuserUrl: database.superuserUrl,
    rows,
    addDevice: async () => {
      const device = newId();
      await rows(sql`
        insert into devices (workspace_id, id, kind, name, state, state_reason, created_by_name, created_at)
        values (${workspaceId}::uuid, ${device}::uuid, 'sandbox', ${device}, 'stopped', 'no_node', 'Nobody', now())`);
      return device;
    },
    addNode: (name = `node-${newId()}`) => doors.withSystem('nodes', (tx) => addNode(tx, { name })),
    lease: async ({ device, node, epoch = 1, seconds = 30 }) => {
      await rows(sql`
        insert into device_leases (workspace_id, device_id, node_id, epoch, granted_at, expires_at)
        values (${workspaceId}::uuid, ${device}::uuid, ${node}::uuid, ${epoch}::bigint, now(), now() + ${seconds}::float8 * interval '1 second')
        on conflict (workspace_id, device_id) do update set node_id = excluded.node_id, epoch = excluded.epoch, expires_at = excluded.expires_at, released_at = null`);
    },
    close: async () => {
      await doors.close();
      await database.close();
    },
  };
};

/** Rows that say how far each device was read, and the frames themselves in memory; it stops when a test wants it to. */
export const openTestIngest = (doors: Doors) => {
  const committed: EventFrame[] = [];
  const batches: number[] = [];
  const leases = new Set<string>();
  let gate = Promise.resolve();
  let failing: Error | undefined;
  let underWay = 0;
  let underWayMost = 0;
  const ingest: Ingest = async ({ workspaceId, deviceId, epoch }, frames) => {
    underWay += 1;
    underWayMost = Math.max(underWayMost, underWay);
    try {
      await gate;
      if (failing !== undefined) throw failing;
      return await doors.withSystem('node-link', async ({ db }) => {
        await db.execute(sql`insert into device_readings (workspace_id, device_id, epoch, seq) values (${workspaceId}::uuid, ${deviceId}::uuid, ${epoch}::bigint, 0) on conflict do nothing`);
        const [reading] = await db.execute(sql`select epoch::int, seq::int from device_readings where device_id = ${deviceId}::uuid for update`);
        const [lease] = await db.execute(sql`select epoch::int from device_leases where device_id = ${deviceId}::uuid`);
        if (lease?.['epoch'] !== epoch) return 'refused';
        const through = reading?.['epoch'] === epoch ? Number(reading['seq']) : 0;
        const fresh = frames.filter(({ seq }) => seq > through);
        committed.push(...fresh);
        batches.push(frames.length);
        leases.add(`${workspaceId} ${deviceId} ${epoch}`);
        const last = fresh.at(-1)?.seq ?? through;
        await db.execute(sql`update device_readings set epoch = ${epoch}::bigint, seq = ${last}::bigint where device_id = ${deviceId}::uuid`);
        return { through: last };
      });
    } finally {
      underWay -= 1;
    }
  };
  return {
    ingest,
    committed,
    batches,
    leases,
    underWayMost: () => underWayMost,
    /** Nothing is committed until it is called. */
    block: () => {
      const held = Promise.withResolvers<void>();
      gate = held.promise;
      return held.resolve;
    },
    failWith: (error: Error | undefined) => {
      failing = error;
    },
  };
};

export type TestIngest = ReturnType<typeof openTestIngest>;

export interface TestGateway {
  url: string;
  links: NodeLinks;
  registry: Registry;
  /** All sockets end at once, as when a cable is pulled. */
  cut: () => void;
  close: () => Promise<void>;
}

export const openTestGateway = async (ground: Ground, options: Partial<NodeLinksOptions> & Pick<NodeLinksOptions, 'ingest'>): Promise<TestGateway> => {
  const http = createServer();
  const sockets = new Set<Socket>();
  http.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const registry = new Registry();
  const links = await openNodeLinks({ server: openSocketServer(http), doors: ground.doors, log: openLog({ name: 'links', level: 'silent' }), registry, leaseMs: 30_000, lookMs: 100, ...options });
  const listening = Promise.withResolvers<void>();
  http.once('error', listening.reject).listen(0, '127.0.0.1', listening.resolve);
  await listening.promise;
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    links,
    registry,
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      await links.close();
      http.closeAllConnections();
      const closed = Promise.withResolvers<void>();
      http.close(() => closed.resolve());
      await closed.promise;
    },
  };
};

/** The node's own end of the link, with nothing behind it. */
export interface TestNodeLink {
  link: Link;
  obeyed: CommandFrame[];
  lost: string[];
  renewed: LeaseRenewal[];
  running: { device: string; epoch: number }[];
}

export const linkNode = (url: string, { name, token }: Pick<AddedNode, 'name' | 'token'>, options: Partial<LinkOptions> = {}): TestNodeLink => {
  const told: Omit<TestNodeLink, 'link'> = { obeyed: [], lost: [], renewed: [], running: [] };
  const clock = followClock({ wall: Date.now, steady: () => performance.now(), jumped: () => undefined });
  const link = openLink({
    clock,
    gatewayUrl: url,
    token,
    name,
    instance: name,
    version: '0.1.0',
    memoryBudgetBytes: 1_000_000_000,
    node: {
      running: () => told.running,
      obey: async (frame) => void told.obeyed.push(frame),
      leasesRenewed: (leases) => void told.renewed.push(...leases),
      leaseLost: (device, epoch) => void told.lost.push(`${device} ${epoch}`),
      measure: () => Promise.resolve({ memoryBytes: 1, budgetBytes: 2, cpuShare: 0.5, loopDelayMs: 3, sessions: { ready: 4 } }),
    },
    log: openLog({ name: 'node', level: 'silent' }),
    delays: { firstRetryMs: 10, lastRetryMs: 50, refusedMs: 50, heartbeatMs: 100 },
    ...options,
  });
  const close = async (): Promise<void> => {
    await link.close();
    clock.close();
  };
  return { link: { ...link, close }, ...told };
};

export const untilTrue = (what: string, look: () => boolean | Promise<boolean>): Promise<boolean> => waitFor(async () => ((await look()) ? true : undefined), { timeoutMs: 10_000, what });
