import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '@waxos/process/clock';
import { waitFor } from '@waxos/process/poll';
import { sandboxArguments } from '@waxos/sandbox/browser-arguments';
import { openDevice, type Device } from '@waxos/sandbox/conformance/testing/device';
import { compareLedger, expectedFor, type Comparison, type Observed } from '@waxos/sandbox/driver/compare-ledger';
import { playScript, type Played } from '@waxos/sandbox/driver/play-script';
import type { Script } from '@waxos/sandbox/driver/script';
import { stageBehind, type Stage } from '@waxos/sandbox/driver/stage';
import type { LedgerEntry } from '@waxos/sandbox/network/ledger-entry';
import { createRandom } from '@waxos/sandbox/network/random';
import { openControlClient, type ControlClient } from '@waxos/sandbox/server/control-client';
import { findChromium } from '@waxos/standalone/chromium/find-chromium';
import { bareEnvironment, checkoutDir } from '@waxos/standalone/config';
import { startSandbox } from './sandboxes/start-sandbox.ts';

/**
 * What the library alone does with a shop's day: the load driver against one bare whatsapp-web.js client, every fault
 * off, ten minutes. The client answers every fifth customer. Afterwards the ledger is compared with the `message`
 * events, and with what `fetchMessages` finds in all chats; and what the client sent with what the ledger has. Then
 * for one minute more, during which the client is restarted once: what arrives before `ready` gives no event
 * (fault 2 of the library), and here is how much that was. `npm run bench library -- MINUTES`.
 */
const MINUTES = 10;
const RESTART_SECONDS = 60;
const SCRIPT = { customers: 40, perSecond: 10, media: 0.1, groups: 0.2, edits: 0.05, reactions: 0.05, answerAfterMs: [1_000, 8_000] } as const satisfies Omit<Script, 'shops'>;
const ANSWER_EVERY = 5;
const NETWORK = 'bench';

export const main = async ([minutes = String(MINUTES)]: string[] = []): Promise<void> => {
  const sandbox = await startSandbox();
  const control = openControlClient(sandbox);
  const browser = await findChromium({ chosen: undefined, searchPath: '', cacheDir: join(checkoutDir, '.waxos', 'cache') });
  const open = (dir?: string): Promise<Device> =>
    openDevice({
      chromium: { kind: 'headless shell', executablePath: browser.executablePath, env: Object.fromEntries(Object.entries({ ...bareEnvironment(), ...browser.env }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))) },
      args: [...sandboxArguments(sandbox), '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
      ...(dir === undefined ? {} : { dir }),
    });
  let device = await open();
  try {
    const { account } = await control.call('accounts.add', { network: NETWORK, account: { name: 'Shop' } });
    await link(control, account, device);
    const stage = stageBehind(control, NETWORK, (error) => console.error('the ledger cannot be followed:', error));
    const calm = await play({ stage, account, control, minutes: Number(minutes), device, seed: 'calm' });
    report('undisturbed', calm);

    const restarted = playing(stage, account, { ms: RESTART_SECONDS * 1_000, seed: 'restart' });
    const from = (await control.call('ledger.size', { network: NETWORK })) + 1;
    await pause((RESTART_SECONDS / 4) * 1_000);
    const before = device;
    await before.close('keep');
    device = await open(before.dir);
    await device.untilReady();
    const played = await restarted;
    const disturbed = await compare({ control, account, from, events: [...eventsOf(before), ...eventsOf(device)], device });
    report('with one restart', { ...disturbed, played, sent: 0 });
    console.log(JSON.stringify({ bench: 'library', minutes: Number(minutes), ...figures(calm), restart: figures({ ...disturbed, played, sent: 0 }) }));
  } finally {
    await device.close();
    control.close();
    await sandbox.stop();
  }
};

const link = async (control: ControlClient, account: string, device: Device): Promise<void> => {
  const ready = device.untilReady();
  const [qr] = await device.ear.until('qr');
  await control.perform(NETWORK, { account, by: 'phone' }, { name: 'device.scan', args: { qr } });
  await ready;
};

const playing = (stage: Stage, account: string, { ms, seed }: { ms: number; seed: string }): Promise<Played> =>
  playScript({ ...SCRIPT, shops: [account] }, { stage, random: createRandom(seed), clock: systemClock, pause: (waitMs) => pause(waitMs), signal: new AbortController().signal, durationMs: ms });

interface Outcome {
  /** The ledger against the events of the client. */
  events: Comparison;
  /** The ledger against what the chats hold afterwards. */
  chats: Comparison;
}

type Run = Outcome & { played: Played; sent: number; sentTwice?: number; sentLost?: number };

interface Playing {
  stage: Stage;
  account: string;
  control: ControlClient;
  minutes: number;
  device: Device;
  seed: string;
}

const play = async ({ stage, account, control, minutes, device, seed }: Playing): Promise<Run> => {
  const sent: string[] = [];
  const answers: Promise<unknown>[] = [];
  let heard = 0;
  const answer = (message: { fromMe: boolean; reply: (text: string) => Promise<{ id: { id: string } }> }): void => {
    if (++heard % ANSWER_EVERY === 0) answers.push(message.reply(`Thank you, we are on it (${heard})`).then((said) => sent.push(said.id.id)));
  };
  device.client.on('message', answer);
  const played = await playing(stage, account, { ms: minutes * 60_000, seed });
  const compared = await compare({ control, account, from: 1, events: eventsOf(device), device });
  device.client.off('message', answer);
  await Promise.all(answers);
  const ledger = (await readLedger(control, 1)).flatMap((entry) => (entry.e === 'message.sent' && entry.author === account ? [entry.id] : []));
  return { ...compared, played, sent: sent.length, sentTwice: ledger.length - new Set(ledger).size, sentLost: sent.filter((id) => !ledger.includes(id)).length };
};

const eventsOf = (device: Device): Observed[] => device.ear.all('message').map(([message]) => ({ id: message.id.id }));

interface Comparing {
  control: ControlClient;
  account: string;
  from: number;
  events: Observed[];
  device: Device;
}

const compare = async ({ control, account, from, events, device }: Comparing): Promise<Outcome> => {
  await waitFor(async () => ((await control.call('devices.list', { network: NETWORK })).every(({ connected }) => connected) ? true : undefined), { timeoutMs: 30_000, what: 'the device to be connected' });
  const ledger = await readLedger(control, 1);
  const expected = expectedFor(ledger, { account });
  const late = new Set(ledger.flatMap((entry) => (entry.e === 'message.sent' && entry.n >= from ? [entry.id] : [])));
  const wanted = expected.filter(({ id }) => late.has(id));
  const chats = await sweep(device, wanted.length);
  const only = (list: Observed[]): Observed[] => list.filter(({ id }) => late.has(id));
  return { events: compareLedger(wanted, only(events)), chats: compareLedger(wanted, only(chats)) };
};

const readLedger = async (control: ControlClient, from: number): Promise<LedgerEntry[]> => {
  const entries: LedgerEntry[] = [];
  for (;;) {
    const page = await control.call('ledger.read', { network: NETWORK, from: from + entries.length, limit: 1_000 });
    if (page.length === 0) return entries;
    entries.push(...page);
  }
};

/** Reads every chat back, until nothing more comes: what is on its way is given time to arrive. */
const sweep = async (device: Device, wanted: number): Promise<Observed[]> => {
  const read = async (): Promise<Observed[]> => {
    const chats = await device.client.getChats();
    const lists = await Promise.all(chats.map((chat) => chat.fetchMessages({ limit: 100_000, fromMe: false })));
    return lists.flat().map((message) => ({ id: message.id.id }));
  };
  let found = await read();
  for (let round = 0; found.length < wanted && round < 10; round += 1) {
    await pause(1_000);
    found = await read();
  }
  return found;
};

const counts = ({ expected, lost, doubled, outOfOrder, unknown }: Comparison): Record<string, number> => ({ expected, lost: lost.length, doubled: doubled.length, out_of_order: outOfOrder.length, unknown: unknown.length });

const figures = ({ events, chats, played, sent, sentTwice = 0, sentLost = 0 }: Run): Record<string, unknown> => ({
  written: played.messages + played.answers,
  edits: played.edits,
  reactions: played.reactions,
  failures: played.failures.length,
  behind_ms: played.lateMs,
  events: counts(events),
  chats: counts(chats),
  answered: sent,
  answers_lost: sentLost,
  answers_doubled: sentTwice,
});

const report = (what: string, run: Run): void => {
  console.log(`${what}: ${run.events.expected} messages to the shop; events: ${run.events.lost.length} lost, ${run.events.doubled.length} doubled, ${run.events.outOfOrder.length} out of order; chats read back: ${run.chats.lost.length} lost, ${run.chats.doubled.length} doubled, ${run.chats.outOfOrder.length} out of order`);
  for (const failure of run.played.failures.slice(0, 5)) console.log(`  a customer could not: ${failure}`);
  for (const { id, conversation } of run.events.lost.slice(0, 5)) console.log(`  no event: ${id} in ${conversation}`);
};
