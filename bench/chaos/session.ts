import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { throwDice, type Dice } from '@waxos/sandbox/driver/throw-dice';
import { createRandom } from '@waxos/sandbox/network/random';
import { openControlClient } from '@waxos/sandbox/server/control-client';
import { startSandbox } from '../sandboxes/start-sandbox.ts';
import { listOfRun } from './fleets/find-processes.ts';
import { keepNode } from './fleets/keep-node.ts';
import { linkAll, noteLinks, scanCodes, setStage } from './fleets/set-stage.ts';
import { settle } from './fleets/settle.ts';
import { openChaosGateway } from './gateways/open-chaos-gateway.ts';
import { keepHarming } from './harms/keep-harming.ts';
import { openOutages } from './harms/open-outages.ts';
import { openInboxes } from './inboxes/open-inboxes.ts';
import { readLedger } from './ledgers/read-ledger.ts';
import { reportSession } from './reports/report-session.ts';
import { keepTalking } from './talks/keep-talking.ts';

/**
 * Twenty sessions on a node of their own process, under twenty messages a second in both directions, for ten minutes,
 * while renderers, browsers and the node are killed with -9, the node is stopped as for an update, and the networks of
 * devices and the link are cut, all at random moments. Then the sandbox's ledger, which knows what really happened, is
 * compared with what the gateway has acknowledged, and with what it was told of its sends.
 * `npm run chaos session -- MINUTES SESSIONS PER_SECOND SEED HARM`, where HARM times as much is done as usual.
 */
const MINUTES = 10;
const SESSIONS = 20;
const PER_SECOND = 20;
const CUSTOMERS = 4;
const SEND_MS = 90_000;
const RESTART_MS = 500;

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
    const settled = await settle({ gateway, control, inboxes, stage });
    const ledger = await readLedger(control);
    await noteLinks(control, shops);
    await node.stop();
    const left = await listOfRun(folder);
    reportSession({ gateway, inboxes, stage, ledger, outages, talk, node, unlinked: scans.unlinked, left: left.length, settled, asked: { minutes: Number(minutes), sessions: Number(sessions), perSecond: Number(perSecond), seed, harm: Number(harm) } });
  } finally {
    await node.stop();
    await gateway.close();
    control.close();
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    if (process.exitCode === 1) console.error(`the log of the node is ${node.logPath}`);
    else await node.forgetLog();
  }
};
