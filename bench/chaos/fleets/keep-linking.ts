import { randomUUID } from 'node:crypto';
import { waitFor } from '@waxos/process/poll';
import type { Dice } from '@waxos/sandbox/driver/throw-dice';
import type { ControlClient } from '@waxos/sandbox/server/control-client';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChaosGateway } from '../gateways/open-chaos-gateway.ts';
import { NETWORK, settings } from './set-stage.ts';

/** A phone that links new devices, two at a time, and logs each out again, so that some are always on their way. */
export interface Linking {
  counts: { begun: number; linked: number; loggedOut: number; givenUp: number };
  /** Devices that were linked, and showed a QR all the same. */
  unlinked: string[];
  stop: () => Promise<void>;
}

/** One that is killed on its way begins again; after so long somebody would begin with another. */
const patienceMs = 90_000;
const atATime = 2;

export const keepLinking = async ({ gateway, control, dice }: { gateway: ChaosGateway; control: ControlClient; dice: Dice }): Promise<Linking> => {
  const { account } = await control.call('accounts.add', { network: NETWORK, account: { name: 'Newcomer' } });
  const linking: Omit<Linking, 'stop'> = { counts: { begun: 0, linked: 0, loggedOut: 0, givenUp: 0 }, unlinked: [] };
  const own = new Set<string>();
  const leaving = new Set<string>();
  const ending = new AbortController();
  gateway.watch(({ device, event }) => {
    if (event.type !== 'session.qr' || !own.has(device) || leaving.has(device)) return;
    if (gateway.places.find(device)?.linked === true) return void linking.unlinked.push(device);
    // One that has been renewed meanwhile is told again.
    void control.perform(NETWORK, { account, by: 'phone' }, { name: 'device.scan', args: { qr: event.qr } }).catch(() => undefined);
  });
  const until = (device: string, states: readonly string[]): Promise<boolean> =>
    waitFor(() => (ending.signal.aborted || states.includes(gateway.places.find(device)?.state ?? '') ? true : undefined), { timeoutMs: patienceMs, what: states.join(' or ') }).catch(() => false);
  const linkOne = async (): Promise<void> => {
    const device = randomUUID();
    own.add(device);
    linking.counts.begun += 1;
    const place = gateway.place(device, settings);
    const linked = await until(device, ['ready', 'failed']);
    if (linked) linking.counts.linked += 1;
    await pause(dice.next() * 2_000);
    leaving.add(device);
    // Asked again: whoever was asked may have been killed.
    const isOut = async (): Promise<true | undefined> => {
      if (['logged_out', 'stopped', 'failed'].includes(place.state)) return true;
      await gateway.ask(device, { type: linked ? 'session.log_out' : 'session.stop' });
      return (await until(device, ['logged_out', 'stopped', 'failed'])) || undefined;
    };
    // That it never came is counted below, as given up.
    const out = await waitFor(isOut, { timeoutMs: patienceMs, what: 'the end of a link' }).catch(() => undefined);
    place.wanted = 'left';
    if (out === true) linking.counts.loggedOut += 1;
    else linking.counts.givenUp += 1;
  };
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) await linkOne();
  };
  const running = Promise.all(Array.from({ length: atATime }, run));
  return {
    ...linking,
    stop: async () => {
      ending.abort();
      await running;
    },
  };
};
