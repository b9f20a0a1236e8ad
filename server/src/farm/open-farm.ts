import type { Server as HttpServer } from 'node:http';
import type { Log } from '@waxos/process/log';
import type { Registry } from 'prom-client';
import type { Doors } from '../db/tenant.ts';
import { ingestFrames } from './ingest/ingest-frames.ts';
import { openNodeLinks } from './link/open-node-links.ts';
import { openSocketServer } from './link/open-socket-server.ts';
import { openFarmWork, type FarmWork } from './sessions/open-farm.ts';

interface FarmOptions {
  http: HttpServer;
  doors: Doors;
  log: Log;
  registry: Registry;
  leaseMs: number;
}

/** Clocks of nodes and of the database may differ by so much before a lease is over for both. */
const DRIFT_MS = 5_000;

/** What this gateway does for session nodes: it holds their links, takes what they tell into rows, and decides who runs where. */
export const openFarm = async ({ http, doors, log, registry, leaseMs }: FarmOptions): Promise<{ close: () => Promise<void> }> => {
  // Nodes may come before the work is there that they are to be told of.
  const begun: { work?: FarmWork } = {};
  const links = await openNodeLinks({
    server: openSocketServer(http),
    doors,
    ingest: ingestFrames(doors),
    log,
    registry,
    leaseMs,
    welcomed: (nodeId) => begun.work?.welcomed(nodeId),
    released: () => begun.work?.wake(),
  });
  const work = openFarmWork({ doors, links, leaseMs, driftMs: DRIFT_MS, failed: (error) => log.error({ err: error }, 'the farm could not be looked after') });
  begun.work = work;
  return {
    close: async () => {
      await work.close();
      await links.close();
    },
  };
};
