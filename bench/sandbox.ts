import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { openBareDevice, type BareDevice } from '@waxos/sandbox/driver/open-bare-device';
import { openControlClient, type ControlClient } from '@waxos/sandbox/server/control-client';
import { startSandbox, type RunningSandbox } from './sandboxes/start-sandbox.ts';

/**
 * The sandbox alone: one process of it, and from this one 300 linked devices without browsers, which write to each
 * other over their real sockets. Counted is what a device sent and another one kept; the time is from the send to
 * the stanza's arrival, both on this machine's clock, with the load generator on the same cores. Then as fast as it
 * goes, to tell how much room there is.
 */
const DEVICES = 300;
const RATE = 1_000;
const SECONDS = 60;
const TICK_MS = 20;
const FLAT_OUT_SECONDS = 10;
const IN_FLIGHT = 400;

export const main = async (): Promise<void> => {
  const sandbox = await startSandbox();
  const control = openControlClient(sandbox);
  const meter = openMeter();
  const devices: BareDevice[] = [];
  try {
    const phones: Phone[] = [];
    for (let index = 0; index < DEVICES; index += 1) {
      const { account, phone } = await control.call('accounts.add', { network: 'bench', account: { name: `Shop ${index + 1}` } });
      phones.push({ account, address: `${phone}@c.us` });
    }
    for (const { account } of phones) devices.push(await link(sandbox, control, { account, meter }));
    console.log(`${devices.length} devices are linked; ${RATE} messages a second for ${SECONDS} s`);
    const paced = await writePaced(devices, phones, meter);
    const memory = await residentMb(sandbox.pid);
    console.log(`then as fast as it goes for ${FLAT_OUT_SECONDS} s`);
    const flatOut = await writeFlatOut(devices, phones, meter);
    const figures = { devices: devices.length, asked_per_s: RATE, ...paced, memory_mb: memory, memory_after_mb: await residentMb(sandbox.pid), flat_out_per_s: flatOut };
    console.log(JSON.stringify({ bench: 'sandbox', ...figures }));
  } finally {
    await Promise.all(devices.map((device) => device.close()));
    control.close();
    await sandbox.stop();
  }
};

interface Phone {
  account: string;
  address: string;
}

/** Each message carries when it was sent, so that its arrival is measured without asking anyone. */
interface Meter {
  arrived: (text: string) => void;
  count: () => number;
  take: () => number[];
}

const openMeter = (): Meter => {
  let times: number[] = [];
  let count = 0;
  return {
    arrived: (text) => {
      count += 1;
      times.push(performance.now() - Number(text.slice(0, text.indexOf(' '))));
    },
    count: () => count,
    take: () => {
      const taken = times;
      times = [];
      return taken.toSorted((a, b) => a - b);
    },
  };
};

const link = ({ url, certificate }: RunningSandbox, control: ControlClient, { account, meter }: { account: string; meter: Meter }): Promise<BareDevice> =>
  openBareDevice({
    url,
    certificate,
    scan: (qr) => control.perform('bench', { account, by: 'phone' }, { name: 'device.scan', args: { qr } }),
    onStanza: (stanza) => {
      if (stanza.s === 'message' && !stanza.message.key.fromMe && stanza.message.content.kind === 'text') meter.arrived(stanza.message.content.text);
    },
  });

const send = (devices: readonly BareDevice[], phones: readonly Phone[], index: number): Promise<unknown> => {
  const from = devices[index % devices.length];
  const to = phones[(index * 7 + 1) % phones.length];
  if (from === undefined || to === undefined) throw new Error('no devices');
  return from.act('message.send', { chat: to.address, content: { kind: 'text', text: `${performance.now()} message ${index} of a benchmark` } });
};

const writePaced = async (devices: readonly BareDevice[], phones: readonly Phone[], meter: Meter): Promise<{ sent: number; arrived: number; per_s: number; p50_ms: number; p95_ms: number; p99_ms: number }> => {
  meter.take();
  const before = meter.count();
  const started = performance.now();
  const answers: Promise<unknown>[] = [];
  let sent = 0;
  while (performance.now() - started < SECONDS * 1_000) {
    const due = Math.floor(((performance.now() - started) / 1_000) * RATE);
    for (; sent < due; sent += 1) answers.push(send(devices, phones, sent));
    await pause(TICK_MS);
  }
  await Promise.all(answers);
  const elapsed = (performance.now() - started) / 1_000;
  await settled(() => meter.count() - before === sent);
  const times = meter.take();
  return { sent, arrived: meter.count() - before, per_s: Math.round(sent / elapsed), p50_ms: percentile(times, 0.5), p95_ms: percentile(times, 0.95), p99_ms: percentile(times, 0.99) };
};

/** A fixed number on the way at any time. */
const writeFlatOut = async (devices: readonly BareDevice[], phones: readonly Phone[], meter: Meter): Promise<number> => {
  const before = meter.count();
  const started = performance.now();
  let sent = 0;
  const writer = async (): Promise<void> => {
    while (performance.now() - started < FLAT_OUT_SECONDS * 1_000) await send(devices, phones, sent++);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, writer));
  const elapsed = (performance.now() - started) / 1_000;
  await settled(() => meter.count() - before === sent);
  return Math.round((meter.count() - before) / elapsed);
};

const settled = async (done: () => boolean): Promise<void> => {
  for (let waited = 0; !done() && waited < 10_000; waited += TICK_MS) await pause(TICK_MS);
};

const percentile = (sorted: readonly number[], share: number): number => Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(2));

const residentMb = async (pid: number): Promise<number | null> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const found = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  return found === undefined ? null : Math.round(Number(found) / 1_024);
};
