import { randomUUID } from 'node:crypto';
import type { CommandFrame } from '@waxos/contract/node-link/frames';
import type { SessionCommand } from '@waxos/contract/node-link/commands';
import type { DeviceState } from '@waxos/contract/devices';
import { waitFor } from '@waxos/process/poll';
import { beforeEach, expect, test } from 'vitest';
import { openMemorySource, type MemorySource } from '../testing/memory-source.ts';
import { seenText } from '../testing/samples.ts';
import { holdDevices, type Devices, type HeldSession } from './hold-devices.ts';

const start: SessionCommand = { type: 'session.start', settings: { kind: 'sandbox', browser: 'headless_shell', economy: false, paced: false, historyDays: 0 } };
const device = randomUUID();
const frameFor = (command: SessionCommand, epoch = 1): CommandFrame => ({ id: randomUUID(), device, epoch, leaseUntil: Infinity, deadline: Infinity, command });

let told: string[];
let devices: Devices<HeldSession>;
let state: DeviceState;
let source: MemorySource;
let opening: Promise<void>;
let stopping: Promise<void>;

beforeEach(() => {
  told = [];
  state = 'ready';
  opening = Promise.resolve();
  stopping = Promise.resolve();
  devices = holdDevices({
    open: async ({ epoch }) => {
      await opening;
      if (epoch === 13) throw new Error('the disk is full');
      told.push(`open ${epoch}`);
      source = openMemorySource(device, epoch);
      return {
        session: {
          obey: ({ command }) => void told.push(`${command.type} ${epoch}`),
          state: () => state,
          stop: async (reason) => {
            told.push(`stop ${epoch} ${reason}`);
            await stopping;
          },
          kill: (reason) => void told.push(`kill ${epoch} ${reason}`),
        },
        outbox: Object.assign(source, { watch: () => () => undefined, kept: async () => void told.push(`kept ${epoch}`), close: async () => void told.push(`close ${epoch}`) }),
      };
    },
    attach: ({ epoch }) => ({ wake: () => undefined, detach: () => void told.push(`detach ${epoch}`) }),
    released: () => void told.push('released'),
    report: (error) => void told.push(error instanceof Error ? error.message : 'failed'),
  });
});

const untilTold = (what: string) => waitFor(() => (told.includes(what) ? true : undefined), { timeoutMs: 2_000, what });

test('what is asked right behind a start waits for it, and comes after it', async () => {
  const gate = Promise.withResolvers<void>();
  opening = gate.promise;
  const asked = [devices.obey(frameFor(start)), devices.obey(frameFor({ type: 'session.refresh_qr' }))];
  expect(devices.running()).toEqual([{ device, epoch: 1 }]);
  gate.resolve();
  await Promise.all(asked);
  expect(told).toEqual(['open 1', 'session.start 1', 'session.refresh_qr 1']);
  expect(devices.countByState()).toEqual({ ready: 1 });
  expect([...devices.sessions().keys()]).toEqual([device]);
});

test('under a newer epoch the old session has ended before the new one begins', async () => {
  await Promise.all([devices.obey(frameFor(start)), devices.obey(frameFor(start, 2))]);
  expect(told.slice(told.indexOf('stop 1 lease_lost'))).toEqual(['stop 1 lease_lost', 'detach 1', 'close 1', 'open 2', 'session.start 2']);
  expect(devices.running()).toEqual([{ device, epoch: 2 }]);
});

test('a device whose lease is lost ends; the same said of another epoch changes nothing', async () => {
  await devices.obey(frameFor(start, 2));
  devices.lose(device, 1);
  devices.lose(device, 2);
  devices.lose(device, 2);
  await untilTold('released');
  expect(told.slice(2)).toEqual(['stop 2 lease_lost', 'detach 2', 'close 2', 'released']);
  expect(devices.running()).toEqual([]);
});

test('a stopped session is let go once everything is told, and not before', async () => {
  await devices.obey(frameFor(start));
  source.add(seenText('not told yet'));
  state = 'stopped';
  await waitFor(
    () => {
      devices.sweep();
      return source.given() > 0 ? true : undefined;
    },
    { timeoutMs: 2_000, what: 'a look at the outbox' },
  );
  expect(devices.running()).toHaveLength(1);
  await source.forget(1);
  await waitFor(
    () => {
      devices.sweep();
      return told.includes('released') ? true : undefined;
    },
    { timeoutMs: 2_000, what: 'its release' },
  );
  expect(devices.running()).toEqual([]);
});

test('a start that fails is not taken, and can be tried again', async () => {
  await expect(devices.obey(frameFor(start, 13))).rejects.toThrow('the disk is full');
  await waitFor(() => (devices.running().length === 0 ? true : undefined), { timeoutMs: 2_000, what: 'its absence' });
  await devices.obey(frameFor(start, 14));
  expect(told).toEqual(['open 14', 'session.start 14']);
});

test('at the end all are stopped, and closed only when that is asked', async () => {
  await devices.obey(frameFor(start));
  await devices.stopAll({ withinMs: 5_000, order: () => 0 });
  expect(told).toEqual(['open 1', 'session.start 1', 'stop 1 asked', 'kept 1']);
  await devices.close();
  expect(told.slice(4)).toEqual(['detach 1', 'close 1', 'released']);
});

test('a device whose lease is over while it still closes is killed without waiting for that', async () => {
  await devices.obey(frameFor(start));
  const gate = Promise.withResolvers<void>();
  stopping = gate.promise;
  devices.lose(device, 1);
  await untilTold('stop 1 lease_lost');
  devices.cut(device, 2);
  devices.cut(device, 1);
  expect(told).toEqual(['open 1', 'session.start 1', 'stop 1 lease_lost', 'kill 1 lease_lost']);
  gate.resolve();
  await untilTold('released');
  expect(devices.running()).toEqual([]);
});
