import type { Server as HttpServer } from 'node:http';
import type { WorkspaceEvent } from '@waxos/contract/events';
import type { Log } from '@waxos/process/log';
import type { Registry } from 'prom-client';
import type { Doors } from '../db/tenant.ts';
import { openDispatcher } from './dispatch/open-dispatcher.ts';
import { ingestFrames } from './ingest/ingest-frames.ts';
import { openNodeLinks } from './link/open-node-links.ts';
import { openSocketServer } from './link/open-socket-server.ts';

interface FarmOptions {
  http: HttpServer;
  doors: Doors;
  log: Log;
  registry: Registry;
  leaseMs: number;
}

/** After these, something that waited may be due. */
const lettingGo = new Set<WorkspaceEvent['type']>(['device.changed', 'message.changed']);

/** What this gateway does for session nodes: it holds their links, takes what they tell into rows, and gives what is due. */
export const openFarm = async ({ http, doors, log, registry, leaseMs }: FarmOptions): Promise<{ close: () => Promise<void> }> => {
  const wake = (): void => dispatcher.wake();
  const links = await openNodeLinks({ server: openSocketServer(http), doors, ingest: ingestFrames(doors), log, registry, leaseMs, welcomed: wake });
  const dispatcher = openDispatcher({
    doors,
    gatewayId: links.gatewayId,
    command: links.command,
    now: Date.now,
    failed: (error) => log.error({ err: error }, 'commands could not be given'),
  });
  doors.onCommitted(({ commands, events }) => {
    if (commands.length > 0 || [...events.values()].flat().some(({ type }) => lettingGo.has(type))) wake();
  });
  return {
    close: async () => {
      await dispatcher.close();
      await links.close();
    },
  };
};
