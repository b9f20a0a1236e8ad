import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from '@waxos/process/poll';
import { throwDice, type Dice } from '@waxos/sandbox/driver/throw-dice';
import { createRandom } from '@waxos/sandbox/network/random';
import { openControlClient, type ControlClient } from '@waxos/sandbox/server/control-client';
import { startSandbox } from '../sandboxes/start-sandbox.ts';
import { listOfRun } from './fleets/find-processes.ts';
import { keepNode } from './fleets/keep-node.ts';
import { linkAll, noteLinks, scanCodes, setStage, untilReady, type Stage } from './fleets/set-stage.ts';
import { openChaosGateway, type ChaosGateway } from './gateways/open-chaos-gateway.ts';
import { keepHarming } from './harms/keep-harming.ts';
import { openOutages } from './harms/open-outages.ts';
import { openInboxes, type Inboxes } from './inboxes/open-inboxes.ts';
import { readLedger } from './ledgers/read-ledger.ts';
import { reportSession } from './reports/report-session.ts';
import { keepTalking } from './talks/keep-talking.ts';

/**
 * Twenty sessions on a node of their own process, under twenty messages a second in both directions, for ten minutes,
 * while renderers, browsers and the node are killed with -9, and the networks of devices and the link are cut, all at
 * random moments. Then the sandbox's ledger, which knows what really happened, is compared with what the gateway has
 * acknowledged, and with what it was told of its sends. `npm run chaos session -- MINUTES SESSIONS PER_SECOND SEED HARM`, where
 * HARM times as much is done to them as usual.
 */
const MINUTES = 10;
const SESSIONS = 20;
const PER_SECOND = 20;
const CUSTOMERS = 4;
const SEND_MS = 90_000;
const RESTART_MS = 500;
const SETTLE_MS = 180_000;
const QUIET_MS = 3_000;

export const main = async ([minutes = String(MINUTES), sessions = String(SESSIONS), perSecond = String(PER_SECOND), seed = String(Date.now() % 1e6), harm = '1']: string[] = []): Promise<void> => {
  console.log(`${sessions} sessions, ${perSecond} messages a second, ${minutes} minutes, seed ${seed}, harm ${harm}`);
  const diceOf = (part: string): Dice => throwDice(createRandom(`${seed} ${part}`));
  const folder = await mkdtemp(join(tmpdir(), 'waxos-chaos-'));
  const sandbox = await startSandbox();
  const control = openControlClient(sandbox);
  const gateway = await openChaosGateway({ dice: diceOf('gateway'), sendMs: SEND_MS });
  const node = keepNode({ sandbox, gateway, folder, name: 'chaos' }, RESTART_MS);
  try {
    const stage = await setStage(control, { shops: Number(sessions), customers: CUSTOMERS });
    const { shops } = stage;
    const outages = openOutages(() => shops.map(({ device }) => device), Date.now);
    gateway.watch(outages.hear);
    const inboxes = openInboxes(gateway);
    const scans = scanCodes({ gateway, control, shops });
    await linkAll({ gateway, control, shops });
    console.log(`${shops.length} devices are linked`);
    const talk = keepTalking({ gateway, control, shops, dice: diceOf('talk'), perSecond: Number(perSecond) });
    const harming = keepHarming({ gateway, control, node, shops, outages, dice: diceOf('harm'), times: Number(harm) });
    await pause(Number(minutes) * 60_000);
    await harming.stop();
    await talk.stop();
    const settledMs = await settle({ gateway, control, inboxes, stage });
    const ledger = await readLedger(control);
    await noteLinks(control, shops);
    await node.stop();
    const left = await listOfRun(folder);
    reportSession({ gateway, inboxes, stage, ledger, outages, talk, node, unlinked: scans.unlinked, left: left.length, settledMs, asked: { minutes: Number(minutes), sessions: Number(sessions), perSecond: Number(perSecond), seed, harm: Number(harm) } });
  } finally {
    await node.stop();
    await gateway.close();
    control.close();
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

interface Settling {
  gateway: ChaosGateway;
  control: ControlClient;
  inboxes: Inboxes;
  stage: Stage;
}

/** Until everything is where it belongs, or will not come any more; then a while, for what comes twice. */
const settle = async ({ gateway, control, inboxes, stage }: Settling): Promise<number> => {
  const from = performance.now();
  const isQuiet = async (): Promise<true | undefined> => {
    if (gateway.book.open().length > 0) return undefined;
    const ledger = await readLedger(control);
    return stage.shops.every((shop) => inboxes.judge(shop, { ledger, stage }).lost.length === 0) ? true : undefined;
  };
  // Whatever is missing then is found, and named, by the comparison.
  await untilReady(gateway, stage.shops, SETTLE_MS).catch((error: unknown) => console.error(error));
  await waitFor(isQuiet, { timeoutMs: SETTLE_MS, intervalMs: 1_000, what: 'all messages' }).catch((error: unknown) => console.error(error));
  await pause(QUIET_MS);
  return Math.round(performance.now() - from);
};
