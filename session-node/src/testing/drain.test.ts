import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openLog } from '@waxos/process/log';
import { waitFor } from '@waxos/process/poll';
import { expect, test } from 'vitest';
import { holdDevices, type Devices } from '../link/hold-devices.ts';
import { openSession, type Session } from '../session/open-session.ts';
import { openPretendWorld } from '../session/testing/open-pretend-world.ts';
import type { PretendWorld } from '../session/testing/pretend-world.ts';
import { openTestFolder } from '../session/testing/test-folder.ts';
import { systemTime } from '../session/time.ts';

const settings = { kind: 'sandbox', browser: 'headless_shell', economy: false, paced: false, historyDays: 0 } as const;

/** So many sessions on pretend pages, all ready. */
const openFleet = async (count: number): Promise<{ devices: Devices<Session>; worlds: Map<string, PretendWorld>; closing: string[] }> => {
  const folder = await openTestFolder();
  const worlds = new Map(Array.from({ length: count }, () => [randomUUID() as string, openPretendWorld(systemTime)] as const));
  const closing: string[] = [];
  const devices = holdDevices<Session>({
    open: ({ device, epoch }) => {
      const world = worlds.get(device) ?? openPretendWorld(systemTime);
      return openSession({
        device,
        epoch,
        deviceName: 'Waxos',
        settings,
        folder: join(folder, device),
        outboxBytesMax: 1_000_000,
        door: {
          open: async (wanted) => {
            const browser = await world.door.open(wanted);
            return {
              ...browser,
              close: (how) => {
                closing.push(device);
                return browser.close(how);
              },
            };
          },
        },
        openDriver: world.openDriver,
        time: systemTime,
        random: () => 0,
        leaseUntil: () => Number.MAX_SAFE_INTEGER,
        download: async () => new Uint8Array(),
        upload: async () => 'stored',
        glimpse: () => undefined,
        log: openLog({ name: 'drain', level: 'silent' }),
      });
    },
    attach: () => ({ wake: () => undefined, detach: () => undefined }),
    released: () => undefined,
    report: (error) => expect.unreachable(String(error)),
  });
  for (const [device, world] of worlds) {
    world.linked = true;
    await devices.obey({ id: randomUUID(), device, epoch: 1, leaseUntil: Infinity, deadline: Infinity, command: { type: 'session.start', settings } });
  }
  await waitFor(() => (devices.countByState()['ready'] === count ? true : undefined), { timeoutMs: 10_000, what: 'all to be ready' });
  return { devices, worlds, closing };
};
const countRunning = (worlds: Map<string, PretendWorld>): number => [...worlds.values()].reduce((sum, world) => sum + world.running(), 0);

test('of 25 sessions that are told to stop each closes cleanly, those that spoke last behind the others', async () => {
  const { devices, worlds, closing } = await openFleet(25);
  const [quiet, busy] = [[...worlds.keys()].slice(0, 20), [...worlds.keys()].slice(20)];
  await devices.stopAll({ withinMs: 30_000, order: (a, b) => Number([...devices.sessions()].some(([device, one]) => one === a && busy.includes(device))) - Number([...devices.sessions()].some(([device, one]) => one === b && busy.includes(device))) });
  expect([countRunning(worlds), devices.countByState()]).toEqual([0, { stopped: 25 }]);
  expect(closing.toSorted()).toEqual([...worlds.keys()].toSorted());
  expect(new Set(closing.slice(0, 20))).toEqual(new Set(quiet));
  await devices.close();
});

test('of 25 sessions whose pages hang none holds the node up: what has not closed in time is killed, and all have stopped', async () => {
  const { devices, worlds } = await openFleet(25);
  for (const world of worlds.values()) {
    world.stubborn = true;
    for (const call of ['ping', 'hears', 'open'] as const) world.hung.add(call);
  }
  await devices.stopAll({ withinMs: 300, order: () => 0 });
  expect([countRunning(worlds), devices.countByState()]).toEqual([0, { stopped: 25 }]);
  await devices.close();
});
