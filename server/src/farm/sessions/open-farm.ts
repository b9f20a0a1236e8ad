import { expireLeases, type LeaseTimes } from '../leases/leases.ts';
import { openDispatcher } from '../dispatch/open-dispatcher.ts';
import type { NodeLinks } from '../link/open-node-links.ts';
import type { Doors } from '../../db/tenant.ts';
import { keepPlacements } from './keep-placements.ts';
import { openSessionKeeper } from './keep-sessions.ts';

/** What a gateway does about the farm, beside holding links: who runs where, what sessions are to be, what they are asked. */
export interface FarmWork {
  /** A node is held here from now on. */
  welcomed: (nodeId: string) => void;
  /** Something changed that it may have to act on. */
  wake: () => void;
  close: () => Promise<void>;
}

interface FarmWorkOptions extends LeaseTimes {
  doors: Doors;
  links: Pick<NodeLinks, 'gatewayId' | 'command'>;
  failed: (error: unknown) => void;
  lookMs?: number;
}

export const openFarmWork = ({ doors, links, failed, lookMs = 1_000, ...times }: FarmWorkOptions): FarmWork => {
  const { gatewayId, command } = links;
  const keeper = openSessionKeeper({ doors, gatewayId, command, now: Date.now });
  const dispatcher = openDispatcher({ doors, gatewayId, command, now: Date.now, failed });
  let running: Promise<void> | undefined;
  let again = false;
  let closed = false;
  const work = async (): Promise<void> => {
    do {
      again = false;
      await doors.withSystem('leases', (tx) => expireLeases(tx, times));
      await keepPlacements({ doors, ...times });
      await keeper.look();
    } while (again && !closed);
  };
  const look = (): void => {
    if (closed) return;
    again = running !== undefined;
    running ??= work()
      .catch(failed)
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(look, lookMs);
  doors.onCommitted(({ events, commands }) => {
    if (commands.length > 0) dispatcher.wake();
    // Of a device: what is wanted of it, or where it is.
    if ([...events.values()].some((some) => some.some(({ type }) => type.startsWith('device.')))) {
      look();
      dispatcher.wake();
    } else if ([...events.values()].some((some) => some.some(({ type }) => type === 'message.changed'))) dispatcher.wake();
  });
  return {
    welcomed: (nodeId) => {
      keeper.forgetNode(nodeId);
      look();
      dispatcher.wake();
    },
    wake: () => {
      look();
      dispatcher.wake();
    },
    close: async () => {
      closed = true;
      clearInterval(timer);
      await running;
      await dispatcher.close();
    },
  };
};
