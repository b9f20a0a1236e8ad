import { isDeepStrictEqual } from 'node:util';
import type { SessionCommand, SessionSettings } from '@waxos/contract/node-link/commands';
import type { CommandAnswer, CommandFrame } from '@waxos/contract/node-link/frames';
import { sql } from 'drizzle-orm';
import { newId } from '../../db/ids.ts';
import type { Doors, SystemTx } from '../../db/tenant.ts';
import { releaseLease } from '../leases/leases.ts';

/**
 * Tells the nodes that this gateway holds what their sessions are to be. What was told is remembered for as long as
 * the link lasts; a node that comes anew is told everything again, and knows what it has done already.
 */
export interface SessionKeeper {
  /** Looks at all of them, and tells what was not told yet. */
  look: () => Promise<void>;
  /** The node begins anew, perhaps without what it was told. */
  forgetNode: (nodeId: string) => void;
}

interface KeeperOptions {
  doors: Pick<Doors, 'withSystem'>;
  gatewayId: string;
  command: (nodeId: string, frame: CommandFrame) => Promise<CommandAnswer | 'away'>;
  now: () => number;
  deadlineMs?: number;
}

interface Held {
  workspaceId: string;
  deviceId: string;
  nodeId: string;
  epoch: number;
  until: number;
  wanted: 'running' | 'stopped' | 'logged_out';
  settings: SessionSettings;
  pairWith: string | null;
  /** To be closed here, and to run elsewhere. */
  leaving: boolean;
}

interface Told {
  nodeId: string;
  epoch: number;
  command: SessionCommand;
}

export const openSessionKeeper = ({ doors, gatewayId, command, now, deadlineMs = 60_000 }: KeeperOptions): SessionKeeper => {
  const told = new Map<string, Told>();

  const tell = async (held: Held): Promise<void> => {
    const { deviceId, nodeId, epoch } = held;
    const wanted = commandFor(held);
    const before = told.get(deviceId);
    if (before?.epoch === epoch && before.nodeId === nodeId && isDeepStrictEqual(before.command, wanted)) return;
    const mine: Told = { nodeId, epoch, command: wanted };
    told.set(deviceId, mine);
    const answer = await command(nodeId, { id: `session/${newId()}`, device: deviceId, epoch, leaseUntil: held.until, deadline: now() + deadlineMs, command: wanted });
    const isOver = answer !== 'away' && !answer.taken && answer.why === 'not_running' && wanted.type === 'session.stop';
    const isDone = isOver || (answer !== 'away' && answer.taken);
    if (isOver) await doors.withSystem('leases', (tx) => releaseLease(tx, held));
    else if (wanted.type === 'session.stop' && isDone) await doors.withSystem('leases', (tx) => noteRunning(tx, held));
    // Not heard, or not yet: told again at the next look.
    if (!isDone && told.get(deviceId) === mine) told.delete(deviceId);
  };
  return {
    look: async () => {
      const held = await doors.withSystem('dispatch', (tx) => readHeld(tx, gatewayId));
      const present = new Set(held.map(({ deviceId }) => deviceId));
      for (const device of told.keys()) if (!present.has(device)) told.delete(device);
      await Promise.all(held.map(tell));
    },
    forgetNode: (nodeId) => {
      for (const [device, one] of told) if (one.nodeId === nodeId) told.delete(device);
    },
  };
};

const commandFor = ({ wanted, settings, pairWith, leaving }: Held): SessionCommand => {
  if (wanted === 'logged_out') return { type: 'session.log_out' };
  if (wanted === 'stopped' || leaving) return { type: 'session.stop' };
  return { type: 'session.start', settings, ...(pairWith === null ? {} : { pairWith }) };
};

/** It had the device when it took the stop: a heartbeat that does not name it any more means that it is over. */
const noteRunning = async ({ db }: SystemTx, { workspaceId, deviceId, nodeId, epoch }: Held): Promise<void> => {
  await db.execute(sql`
    update device_leases set running_at = coalesce(running_at, now())
    where workspace_id = ${workspaceId}::uuid and device_id = ${deviceId}::uuid and node_id = ${nodeId}::uuid and epoch = ${epoch}::bigint and released_at is null`);
};

/** Devices whose lease is good and whose node this gateway holds. */
const readHeld = async ({ db }: SystemTx, gatewayId: string): Promise<Held[]> => {
  const rows = await db.execute(sql`
    select l.workspace_id, l.device_id, l.node_id, l.epoch::float8 as epoch, (extract(epoch from l.expires_at) * 1000)::float8 as until,
      case when d.removed_at is null then d.wanted else 'logged_out' end as wanted, d.kind, d.browser, d.economy, d.paced, d.history_days, d.pair_with, l.leaving_at is not null as leaving
    from device_leases l
    join node_links k on k.node_id = l.node_id and k.gateway_id = ${gatewayId}::uuid and k.ended_at is null
    join devices d on d.workspace_id = l.workspace_id and d.id = l.device_id
    where l.released_at is null and l.expires_at > now()`);
  return rows.map((row) => ({
    workspaceId: String(row['workspace_id']),
    deviceId: String(row['device_id']),
    nodeId: String(row['node_id']),
    epoch: Number(row['epoch']),
    until: Number(row['until']),
    wanted: row['wanted'] === 'running' || row['wanted'] === 'logged_out' ? row['wanted'] : 'stopped',
    settings: {
      kind: row['kind'] === 'sandbox' ? 'sandbox' : 'whatsapp',
      browser: row['browser'] === 'chromium' ? 'chromium' : 'headless_shell',
      economy: row['economy'] === true,
      paced: row['paced'] === true,
      historyDays: Number(row['history_days']),
    },
    pairWith: typeof row['pair_with'] === 'string' ? row['pair_with'] : null,
    leaving: row['leaving'] === true,
  }));
};
