import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from '@waxos/process/poll';
import { spawnGateway, type Gateway } from '@waxos/standalone/gateways/spawn-gateway';
import { choosePort, urlOf } from '@waxos/standalone/start/choose-port';

/** Gateways on one database, of which one is killed and started again all the time. */
export interface Fleet {
  origin: string;
  /** The address of one that answers. */
  pick: () => Promise<string>;
  /** Kills them in turn, each at a random moment of its life. */
  killInTurn: (times: number) => Promise<void>;
  stop: () => Promise<void>;
}

interface Slot {
  port: number;
  url: string;
  gateway: Gateway | undefined;
}

const LIFE_MS_MAX = 600;

export const startFleet = async (size: number, environment: Record<string, string>): Promise<Fleet> => {
  const origin = environment['PUBLIC_URL'] ?? '';
  const spawn = async (slot: Slot): Promise<void> => {
    slot.gateway = await spawnGateway({ url: slot.url, environment: { ...environment, PORT: String(slot.port) }, onLine: () => undefined });
  };
  const slots: Slot[] = [];
  for (let index = 0; index < size; index += 1) {
    const port = await choosePort({ host: '127.0.0.1', port: 0 });
    const slot: Slot = { port, url: urlOf({ host: '127.0.0.1', port }), gateway: undefined };
    slots.push(slot);
    await spawn(slot);
  }

  const kill = async (slot: Slot): Promise<void> => {
    const { gateway } = slot;
    if (gateway === undefined) throw new Error('a gateway was killed twice');
    await pause(randomInt(LIFE_MS_MAX));
    // Still taking calls: the kill comes in the middle of them.
    process.kill(gateway.pid, 'SIGKILL');
    slot.gateway = undefined;
    await gateway.ended;
  };

  return {
    origin,
    pick: () =>
      waitFor(
        () => {
          const up = slots.filter((slot) => slot.gateway !== undefined);
          return up[Math.floor(Math.random() * up.length)]?.url;
        },
        { timeoutMs: 30_000, intervalMs: 5, what: 'a gateway that answers' },
      ),
    killInTurn: async (times) => {
      let left = times;
      const keepKilling = async (slot: Slot): Promise<void> => {
        while (left > 0) {
          left -= 1;
          await kill(slot);
          await spawn(slot);
        }
      };
      await Promise.all(slots.map(keepKilling));
    },
    stop: async () => {
      await Promise.all(slots.flatMap((slot) => slot.gateway?.stop() ?? []));
    },
  };
};
