import { setTimeout as pause } from 'node:timers/promises';
import type { Dice } from '@waxos/sandbox/driver/throw-dice';
import type { ChaosGateway } from '../gateways/open-chaos-gateway.ts';
import { settings, type Shop } from './set-stage.ts';

/** Stops and starts one device after another, so that some are always closing or starting. */
export const keepRestarting = ({ gateway, shops, dice }: { gateway: ChaosGateway; shops: readonly Shop[]; dice: Dice }): { counts: { restarted: number }; stop: () => Promise<void> } => {
  const counts = { restarted: 0 };
  let going = true;
  const run = async (): Promise<void> => {
    while (going) {
      const { device } = dice.pick(shops);
      await gateway.ask(device, { type: 'session.stop' });
      await pause(dice.next() * 1_500);
      // What is not taken here the gateway asks at the node's next start.
      const answer = await gateway.ask(device, { type: 'session.start', settings });
      const place = gateway.places.find(device);
      if (answer?.taken !== true && place !== undefined) place.started = false;
      counts.restarted += 1;
      await pause(dice.next() * 4_000);
    }
  };
  const running = run();
  return {
    counts,
    stop: async () => {
      going = false;
      await running;
    },
  };
};
