import type { Log } from '@waxos/process/log';
import type { Doors } from '../../db/tenant.ts';
import { listOwnLinks } from './claim-link.ts';
import type { HeldNode } from './hold-node.ts';

interface Looking {
  doors: Pick<Doors, 'withSystem'>;
  gatewayId: string;
  held: ReadonlyMap<string, HeldNode>;
  everyMs: number;
  log: Log;
}

/** What is not this gateway's any more ends: taken over by another one, or revoked. */
export const lookAfterLinks = ({ doors, gatewayId, held, everyMs, log }: Looking): { close: () => Promise<void> } => {
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    // Those that are claimed while it looks may be missing in what it finds.
    const before = [...held.values()];
    const links = await doors.withSystem('node-link', (tx) => listOwnLinks(tx, gatewayId));
    const own = new Map(links.map(({ nodeId, generation }) => [nodeId, generation]));
    for (const { claim, end } of before) if (own.get(claim.nodeId) !== claim.generation) end('replaced');
  };
  const once = (): void => {
    looking ??= look()
      .catch((error: unknown) => log.error({ err: error }, 'the links could not be looked at'))
      .finally(() => {
        looking = undefined;
      });
  };
  const timer = setInterval(once, everyMs);
  return {
    close: async () => {
      clearInterval(timer);
      await looking;
    },
  };
};
