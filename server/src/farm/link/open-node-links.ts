import { EVENT_WINDOW, type CommandAnswer, type CommandFrame, type Running } from '@waxos/contract/node-link/frames';
import type { Log } from '@waxos/process/log';
import type { Registry } from 'prom-client';
import type { Server } from 'socket.io';
import { newId } from '../../db/ids.ts';
import type { Doors } from '../../db/tenant.ts';
import type { Beat } from './beat.ts';
import { beginGateway, endGateway, endLink } from './claim-link.ts';
import { admitNode, greetNode } from './greet-node.ts';
import type { HearGlimpse, HeldNode, NodeParts } from './hold-node.ts';
import { holdQueues } from './hold-queues.ts';
import type { Ingest } from './ingest.ts';
import { openLinkMetrics } from './link-metrics.ts';
import { lookAfterLinks } from './look-after-links.ts';
import { parkEvent } from './park-event.ts';

/**
 * This gateway's links to session nodes.
 *
 *   connecting ──token──▶ known ──hello──▶ claiming ──welcome──▶ held ──▶ ended
 *       └──refused: token   └──refused: protocol, token  └──refused: replaced
 *
 * A link is owned by the newest claim in `node_links`. A gateway that has an older one ends it: at once where both are
 * its own, and else within a second, when it looks.
 */
export interface NodeLinks {
  gatewayId: string;
  /** Nodes that are held here now. */
  linked: () => string[];
  /** Whether the node has the command; `away` where that is not known, and the same id may be asked again. */
  command: (nodeId: string, frame: CommandFrame) => Promise<CommandAnswer | 'away'>;
  /** Events that are taken in and not committed yet. */
  held: () => { events: number; devices: number };
  close: () => Promise<void>;
}

export interface NodeLinksOptions {
  server: Server;
  doors: Doors;
  ingest: Ingest;
  log: Log;
  registry: Registry;
  leaseMs: number;
  hearGlimpse?: HearGlimpse;
  /** A node is held from now on; what it runs it has said itself. */
  welcomed?: (nodeId: string, running: Running) => void;
  /** Nothing of these runs any more, and everything that they told is committed. */
  released?: (leases: Beat['released']) => void;
  lookMs?: number;
  helloMs?: number;
}

const ANSWER_MS = 10_000;
const ignore = (): void => undefined;

export const openNodeLinks = async (options: NodeLinksOptions): Promise<NodeLinks> => {
  const { server, doors, log } = options;
  const gatewayId = newId();
  await doors.withSystem('node-link', (tx) => beginGateway(tx, gatewayId));
  const { held, hold, settled } = openHeld(doors, log);
  const metrics = openLinkMetrics([options.registry], { links: () => held.size, heldEvents: () => queues.held().events });
  const queues = holdQueues({
    ingest: options.ingest,
    park: (lease, event) => parkEvent(doors, lease, event),
    heldOfLineMax: EVENT_WINDOW,
    committed: ({ events, parked, waitedMs }) => {
      metrics.events(parked ? 'parked' : 'ingested', events);
      metrics.acked(waitedMs);
    },
    refused: (events) => metrics.events('refused', events),
    failed: (error, device) => log.error({ err: error, device }, 'events could not be taken; they are tried again'),
  });
  const parts: NodeParts = { doors, queues, metrics, log, leaseMs: options.leaseMs, hearGlimpse: options.hearGlimpse ?? ignore, released: options.released ?? ignore };
  const greeting = { gatewayId, parts, hold, newestOf: (nodeId: string) => held.get(nodeId)?.claim.generation ?? 0, welcomed: options.welcomed ?? ignore, helloMs: options.helloMs ?? 10_000 };
  const namespace = server.of('/nodes');
  namespace.use((socket, letIn) => void admitNode(doors, socket).then(letIn, () => letIn(new Error('unavailable'))));
  namespace.on('connection', (socket) => greetNode(socket, greeting));
  const looking = lookAfterLinks({ doors, gatewayId, held, log, everyMs: options.lookMs ?? 1_000 });

  return {
    gatewayId,
    linked: () => [...held.keys()],
    command: async (nodeId, frame) => {
      const answer = (await held.get(nodeId)?.command(frame, ANSWER_MS)) ?? 'away';
      metrics.command(answer === 'away' ? 'away' : answer.taken ? 'taken' : answer.why);
      return answer;
    },
    held: queues.held,
    close: async () => {
      // Not the server itself: it would close the HTTP server, which others stand on.
      namespace.disconnectSockets(true);
      server.engine.close();
      await looking.close();
      await queues.close();
      await settled();
      // Without a database its links are found to be nobody's as those of a gateway that died.
      await doors.withSystem('node-link', (tx) => endGateway(tx, gatewayId)).catch((error: unknown) => log.warn({ err: error }, 'the end of this gateway could not be written'));
    },
  };
};

/** The nodes that are held, the newest connection of each. */
const openHeld = (doors: Pick<Doors, 'withSystem'>, log: Log) => {
  const held = new Map<string, HeldNode>();
  const endings = new Set<Promise<void>>();
  const finish = async (one: HeldNode): Promise<void> => {
    const why = await one.ended;
    if (held.get(one.node.id) === one) held.delete(one.node.id);
    log.info({ node: one.node.name, why }, 'node.unlinked');
    await doors.withSystem('node-link', (tx) => endLink(tx, one.claim)).catch((error: unknown) => log.warn({ err: error }, 'the end of a link could not be written'));
  };
  const hold = (one: HeldNode): void => {
    held.get(one.node.id)?.end('replaced');
    held.set(one.node.id, one);
    const ending = finish(one).finally(() => endings.delete(ending));
    endings.add(ending);
  };
  return { held, hold, settled: async (): Promise<void> => void (await Promise.all(endings)) };
};
