import { randomUUID } from 'node:crypto';
import { FRAME_BYTES_MAX, type CommandFrame } from '@waxos/contract/node-link/frames';
import type { Glimpse } from '@waxos/contract/node-link/events';
import type { SessionCommand } from '@waxos/contract/node-link/commands';
import { openLog } from '@waxos/process/log';
import { waitFor } from '@waxos/process/poll';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openMemorySource } from '../testing/memory-source.ts';
import { seenText } from '../testing/samples.ts';
import { openTestGateway, type TestGateway } from '../testing/test-gateway.ts';
import { followClock, type GatewayClock } from './follow-clock.ts';
import { openLink, type Link, type LinkOptions } from './open-link.ts';

const start: SessionCommand = { type: 'session.start', settings: { kind: 'sandbox', browser: 'headless_shell', economy: false, paced: false, historyDays: 0 } };

let gateway: TestGateway;
let links: Link[];
let running: { device: string; epoch: number }[];
let obeyed: CommandFrame[];
let lost: string[];
let renewed: { device: string; until: number }[];
let keeping: Promise<void>;
let clocks: GatewayClock[];

beforeEach(async () => {
  gateway = await openTestGateway();
  links = [];
  running = [];
  obeyed = [];
  lost = [];
  renewed = [];
  clocks = [];
  keeping = Promise.resolve();
});
afterEach(async () => {
  await Promise.all(links.map((link) => link.close()));
  for (const clock of clocks) clock.close();
  await gateway.close();
  if (gateway.faults.length > 0) throw new Error(`The node broke the contract: ${gateway.faults.join('; ')}`);
});

const open = (options: Partial<LinkOptions> = {}): Link => {
  const clock = followClock({ wall: Date.now, steady: () => performance.now(), jumped: () => undefined });
  clocks.push(clock);
  const link = openLink({
    clock,
    gatewayUrl: gateway.url,
    token: gateway.token,
    name: 'node-1',
    instance: 'one',
    version: '0.1.0',
    memoryBudgetBytes: 1_000_000_000,
    node: {
      running: () => running,
      obey: async (frame) => {
        obeyed.push(frame);
        await keeping;
      },
      leasesRenewed: (leases) => void renewed.push(...leases),
      leaseLost: (device, epoch) => void lost.push(`${device} ${epoch}`),
      measure: () => Promise.resolve({ memoryBytes: 1, budgetBytes: 2, cpuShare: 0, loopDelayMs: 0, sessions: { ready: 3 } }),
    },
    log: openLog({ name: 'link', level: 'silent' }),
    delays: { firstRetryMs: 10, lastRetryMs: 50, refusedMs: 50, heartbeatMs: 200 },
    ...options,
  });
  links.push(link);
  return link;
};

const untilTrue = (what: string, look: () => boolean): Promise<boolean> => waitFor(() => (look() ? true : undefined), { timeoutMs: 5_000, what });
const untilConnected = (link: Link) => untilTrue('the link', () => link.state() === 'connected');
const newDevice = (epoch = 1): string => {
  const device = randomUUID();
  gateway.grant(device, epoch);
  return device;
};
const texts = (device: string): string[] =>
  gateway.committed.flatMap((frame) => (frame.device === device && frame.event.type === 'message.seen' && frame.event.message.content.kind === 'text' ? [frame.event.message.content.text] : []));
const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `text ${index + 1}`);
const commandFor = (device: string, command: SessionCommand, over: Partial<CommandFrame> = {}): CommandFrame => ({ id: randomUUID(), device, epoch: 1, leaseUntil: Date.now() + 60_000, deadline: Date.now() + 30_000, command, ...over });

test('events of many devices arrive each in their order, and are forgotten once they are committed', async () => {
  const link = open();
  const sources = Array.from({ length: 5 }, () => openMemorySource(newDevice()));
  const attached = sources.map((source) => link.attach(source));
  for (const text of numbered(200)) for (const [index, source] of sources.entries()) {
    source.add(seenText(text));
    attached[index]?.wake();
  }
  await untilTrue('all of them', () => gateway.committed.length === 1_000);
  for (const source of sources) expect(texts(source.device)).toEqual(numbered(200));
  expect(await link.settle(5_000)).toBe(true);
  expect(sources.flatMap((source) => source.kept())).toEqual([]);
});

test('nothing is lost, doubled or out of order when the connection is cut in the middle of a window, again and again', async () => {
  const link = open();
  const source = openMemorySource(newDevice());
  const attached = link.attach(source);
  for (let cut = 0; cut < 10; cut += 1) {
    await untilConnected(link);
    // On even cuts the gateway dies with what it has not committed, on odd ones behind it.
    if (cut % 2 === 0) gateway.letCommit(false);
    const before = gateway.arrived.length;
    for (let added = 0; added < 50; added += 1) source.add(seenText(`text ${cut * 50 + added + 1}`));
    attached.wake();
    await untilTrue('some on the way', () => gateway.arrived.length >= before + 16);
    const hellos = gateway.hellos.length;
    gateway.cut();
    await untilTrue('the cut to be noticed', () => gateway.hellos.length > hellos);
    gateway.letCommit(true);
  }
  await untilTrue('the last', () => texts(source.device).length >= 500);
  expect(texts(source.device)).toEqual(numbered(500));
  expect(gateway.arrived.length).toBeGreaterThan(500);
  expect(await link.settle(5_000)).toBe(true);
});

test('a node that starts again goes on behind what the gateway has', async () => {
  const source = openMemorySource(newDevice());
  for (const text of numbered(10)) source.add(seenText(text));
  const first = open();
  first.attach(source);
  await untilTrue('all of them', () => gateway.committed.length === 10);
  await first.close();
  // The acknowledgements did not get into this copy before the kill.
  const again = openMemorySource(source.device);
  for (const text of numbered(12)) again.add(seenText(text));
  running = [{ device: source.device, epoch: 1 }];
  const second = open();
  second.attach(again);
  await untilTrue('the rest', () => gateway.committed.length === 12);
  expect(texts(source.device)).toEqual(numbered(12));
  expect(gateway.hellos.at(-1)?.running).toEqual(running);
});

test('a gateway that does not commit stops the reading of the outboxes at the window', async () => {
  gateway.letCommit(false);
  const link = open();
  const sources = Array.from({ length: 8 }, () => openMemorySource(newDevice()));
  for (const source of sources) {
    for (const text of numbered(100)) source.add(seenText(text));
    link.attach(source);
  }
  await untilTrue('a full window', () => gateway.arrived.length === 64);
  expect(link.inFlight().events).toBe(64);
  expect(sources.reduce((sum, source) => sum + source.given(), 0)).toBe(64);
  // More than four devices would fill it; none has more than its fourth.
  expect(Math.max(...sources.map((source) => source.given()))).toBe(16);
  gateway.letCommit(true);
  await untilTrue('all of them', () => gateway.committed.length === 800);
});

test('a receiver that has stopped reading costs a bounded number of bytes, however large the events are', async () => {
  const link = open({ delays: { firstRetryMs: 10, lastRetryMs: 50, heartbeatMs: 100_000 } });
  await untilConnected(link);
  gateway.stall();
  const sources = Array.from({ length: 8 }, () => openMemorySource(newDevice()));
  const large = 'x'.repeat(60_000);
  for (const source of sources) {
    for (let added = 0; added < 50; added += 1) source.add({ ...seenText(large), message: { ...seenText(large).message, quoted: { id: 'B', content: { kind: 'text', text: large } } } });
    link.attach(source);
  }
  await untilTrue('the window to be full', () => link.inFlight().bytes >= 4 * 1_024 * 1_024);
  const { bytes, events } = link.inFlight();
  expect(bytes).toBeLessThan(8 * 1_024 * 1_024);
  expect(sources.reduce((sum, source) => sum + source.given(), 0)).toBe(events);
  gateway.cut();
  await untilTrue('all of them after the stall', () => gateway.committed.length === 400);
}, 30_000);

test('one device of which the gateway commits nothing does not hold the others up', async () => {
  const link = open();
  const [stuck, lively] = [openMemorySource(randomUUID()), openMemorySource(newDevice())];
  for (const text of numbered(100)) {
    stuck.add(seenText(text));
    lively.add(seenText(text));
  }
  link.attach(stuck);
  link.attach(lively);
  await untilTrue('the other', () => texts(lively.device).length === 100);
  expect(texts(stuck.device)).toEqual([]);
  expect(lost.every((one) => one === `${stuck.device} 1`)).toBe(true);
  expect(lost.length).toBeGreaterThan(0);
});

test('a message too large for a frame arrives without its content, anything else as a note', async () => {
  const link = open();
  const source = openMemorySource(newDevice());
  const card = { name: 'a', vcard: 'x'.repeat(90_000) };
  source.add({ ...seenText('', 'LARGE'), message: { ...seenText('', 'LARGE').message, content: { kind: 'contacts', cards: [card, card, card] } } });
  source.add({ type: 'chat.changed', chat: { kind: 'group', group: '123456789' }, name: 'y'.repeat(FRAME_BYTES_MAX) });
  source.add(seenText('behind'));
  link.attach(source);
  await untilTrue('the one behind', () => gateway.committed.length === 3);
  expect(gateway.committed[0]?.event).toMatchObject({ type: 'message.seen', message: { key: { id: 'LARGE' }, content: { kind: 'unsupported', type: 'oversized' } } });
  expect(gateway.committed[1]?.event).toMatchObject({ type: 'event.oversized', of: 'chat.changed' });
});

test('a wrong token is refused by name, and nothing is told to who refuses', async () => {
  const link = open({ token: 'not-the-token' });
  const source = openMemorySource(newDevice());
  source.add(seenText('secret'));
  link.attach(source);
  await untilTrue('the refusal', () => link.state() === 'refused');
  expect(gateway.hellos).toEqual([]);
  expect(gateway.arrived).toEqual([]);
  expect(source.given()).toBe(0);
});

test('another protocol is refused by name', async () => {
  const { port } = gateway;
  await gateway.close();
  gateway = await openTestGateway({ protocol: 2, port });
  const link = open();
  await untilTrue('the refusal', () => link.state() === 'refused');
  expect(gateway.arrived).toEqual([]);
});

test('a node waits for a gateway that is not there yet', async () => {
  const { port } = gateway;
  await gateway.close();
  const link = open();
  const source = openMemorySource(randomUUID());
  source.add(seenText('kept'));
  link.attach(source);
  gateway = await openTestGateway({ port });
  gateway.grant(source.device, 1);
  await untilTrue('the event', () => texts(source.device).length === 1);
  expect(gateway.committed.map(({ seq }) => seq)).toEqual([1]);
});

test('a command is acknowledged once it is kept, and not before; asked again meanwhile it is not handed on again', async () => {
  const frame = commandFor(newDevice(), start);
  const kept = Promise.withResolvers<void>();
  keeping = kept.promise;
  await untilConnected(open());
  let answered = 0;
  const answers = [gateway.command(frame), gateway.command(frame)].map((answer) => answer.finally(() => void (answered += 1)));
  await untilTrue('the command', () => obeyed.length > 0);
  expect(answered).toBe(0);
  kept.resolve();
  expect(await Promise.all(answers)).toEqual([{ taken: true }, { taken: true }]);
  expect(obeyed).toHaveLength(1);
});

test('a command that comes right behind the welcome is heard', async () => {
  const frame = commandFor(newDevice(), start);
  const answer = gateway.commandAtWelcome(frame);
  open();
  expect(await answer).toEqual({ taken: true });
  expect(obeyed.map(({ id }) => id)).toEqual([frame.id]);
});

test('a command that cannot be kept is not taken, and may come again', async () => {
  const frame = commandFor(newDevice(), start);
  keeping = Promise.reject(new Error('the disk is full'));
  keeping.catch(() => undefined);
  await untilConnected(open());
  expect(await gateway.command(frame)).toEqual({ taken: false, why: 'failed' });
  keeping = Promise.resolve();
  expect(await gateway.command(frame)).toEqual({ taken: true });
});

test('a command is refused past its deadline, past its lease, under another epoch, or for a device that is not here', async () => {
  const device = newDevice(2);
  running = [{ device, epoch: 2 }];
  const link = open();
  await untilConnected(link);
  const stop: SessionCommand = { type: 'session.stop' };
  const ask = (over: Partial<CommandFrame>) => gateway.command(commandFor(device, stop, { epoch: 2, ...over }));
  expect(await ask({ deadline: Date.now() - 1 })).toEqual({ taken: false, why: 'late' });
  expect(await ask({ leaseUntil: Date.now() - 1 })).toEqual({ taken: false, why: 'lease' });
  expect(await ask({ epoch: 1 })).toEqual({ taken: false, why: 'epoch' });
  expect(await ask({ device: randomUUID() })).toEqual({ taken: false, why: 'not_running' });
  expect(obeyed).toEqual([]);
  expect(await ask({})).toEqual({ taken: true });
  expect(await gateway.command(commandFor(device, start, { epoch: 1 }))).toEqual({ taken: false, why: 'epoch' });
  link.drain();
  expect(await gateway.command(commandFor(newDevice(), start))).toEqual({ taken: false, why: 'draining' });
});

test('a heartbeat tells the load, and brings the leases', async () => {
  const device = newDevice();
  open();
  await untilTrue('two heartbeats', () => gateway.heartbeats.length >= 2);
  expect(gateway.heartbeats[0]).toMatchObject({ memoryBytes: 1, budgetBytes: 2, sessions: { ready: 3 } });
  await untilTrue('the lease', () => renewed.some((lease) => lease.device === device));
});

test('a device that the node gave up by itself is no longer among those that its heartbeats name', async () => {
  running = [{ device: newDevice(), epoch: 1 }];
  open();
  await untilTrue('a heartbeat that names it', () => gateway.heartbeats.at(-1)?.running?.length === 1);
  running = [];
  expect(await untilTrue('a heartbeat that does not', () => gateway.heartbeats.at(-1)?.running?.length === 0)).toBe(true);
});

test('a gateway that answers no heartbeat is left, and met again', async () => {
  const link = open({ delays: { heartbeatMs: 50, answerMs: 200, firstRetryMs: 10, lastRetryMs: 20 } });
  await untilConnected(link);
  gateway.stall();
  await untilTrue('a second hello', () => gateway.hellos.length >= 2);
  await untilConnected(link);
  expect(gateway.hellos[1]).toEqual(gateway.hellos[0]);
});

test.each([5 * 60_000, -5 * 60_000])('a gateway whose clock is %i ms off is understood: leases, deadlines and what is told', async (off) => {
  const own = await openTestGateway({ now: () => Date.now() + off, leaseMs: 40_000 });
  const before = Date.now();
  const link = open({ gatewayUrl: own.url });
  await untilConnected(link);
  const device = randomUUID();
  const at = Date.now() + off;
  expect(await own.command({ id: 'in time', device, epoch: 1, leaseUntil: at + 40_000, deadline: at + 20_000, command: start })).toEqual({ taken: true });
  expect(await own.command({ id: 'late', device, epoch: 1, leaseUntil: at + 40_000, deadline: at - 1, command: start })).toEqual({ taken: false, why: 'late' });
  const [taken] = obeyed;
  await untilTrue('a lease', () => renewed.length > 0);
  const source = openMemorySource(device);
  source.add({ type: 'session.qr', qr: 'a', expiresAt: Date.now() + 20_000 });
  link.attach(source).wake();
  const { expiresAt } = await own.until('session.qr');
  // In the own time, and not a moment later than meant.
  for (const [told, meant] of [[taken?.deadline, at - off + 20_000], [taken?.leaseUntil, at - off + 40_000], [renewed[0]?.until, Date.now() + 40_000]] as const) {
    expect(told).toBeLessThanOrEqual(meant);
    expect(told).toBeGreaterThan(before + 15_000);
  }
  expect(Math.abs(expiresAt - off - Date.now())).toBeLessThan(60_000);
  await link.close();
  await own.close();
  expect(own.faults).toEqual([]);
});

test('a glimpse arrives while there is room, a few a second of each device, and is dropped while there is no connection', async () => {
  const link = open();
  const [one, other] = [newDevice(), newDevice()];
  const typing: Glimpse = { type: 'chat.presence', chat: { kind: 'person', person: { phone: '4915510000001' } }, by: { phone: '4915510000001' }, state: 'typing' };
  link.glimpse(one, 1, typing);
  await untilConnected(link);
  for (let i = 0; i < 100; i += 1) link.glimpse(one, 1, typing);
  link.glimpse(other, 1, typing);
  await untilTrue('the other device', () => gateway.glimpses.some(({ device }) => device === other));
  const told = gateway.glimpses.filter(({ device }) => device === one).length;
  expect(told).toBeGreaterThanOrEqual(8);
  expect(told).toBeLessThan(12);
  gateway.letCommit(false);
  const sources = Array.from({ length: 4 }, () => openMemorySource(newDevice()));
  for (const source of sources) {
    for (const text of numbered(20)) source.add(seenText(text));
    link.attach(source).wake();
  }
  await untilTrue('a full window', () => link.inFlight().events === 64);
  const before = gateway.glimpses.length;
  const third = newDevice();
  link.glimpse(third, 1, typing);
  gateway.letCommit(true);
  await untilTrue('room', () => link.inFlight().events === 0);
  const last = newDevice();
  link.glimpse(last, 1, typing);
  await untilTrue('one behind it', () => gateway.glimpses.some(({ device }) => device === last));
  expect(gateway.glimpses.length).toBe(before + 1);
});

test('a link that is lost ends no lease: the node goes on with what it runs', async () => {
  const link = open();
  await untilConnected(link);
  running = [{ device: newDevice(), epoch: 1 }];
  for (let cuts = 0; cuts < 3; cuts += 1) {
    const hellos = gateway.hellos.length;
    gateway.cut();
    await untilTrue('another hello', () => gateway.hellos.length > hellos);
    await untilConnected(link);
  }
  expect([lost, gateway.hellos.at(-1)?.running]).toEqual([[], running]);
});
