import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { throwDice, type Dice } from '@waxos/sandbox/driver/throw-dice';
import { createRandom } from '@waxos/sandbox/network/random';
import { openControlClient } from '@waxos/sandbox/server/control-client';
import { startSandbox } from '../sandboxes/start-sandbox.ts';
import { listOfRun } from './fleets/find-processes.ts';
import { keepLinking } from './fleets/keep-linking.ts';
import { keepNode } from './fleets/keep-node.ts';
import { keepRestarting } from './fleets/keep-restarting.ts';
import { linkAll, noteLinks, scanCodes, setStage } from './fleets/set-stage.ts';
import { settle } from './fleets/settle.ts';
import { openChaosGateway } from './gateways/open-chaos-gateway.ts';
import { freezeNode } from './harms/freeze-node.ts';
import { killAtRandom } from './harms/kill-at-random.ts';
import { openOutages } from './harms/open-outages.ts';
import { openInboxes } from './inboxes/open-inboxes.ts';
import { readLedger } from './ledgers/read-ledger.ts';
import { reportKills } from './reports/report-kills.ts';
import { keepTalking, toBeSent } from './talks/keep-talking.ts';

/**
 * The node, its browsers and their renderers are killed with -9 at random moments, 200 times, while a phone links one
 * device after another and others are stopped and started; and the node is frozen 20 times, for longer than its
 * deadline, in the middle of its sends. No process may be left, no link lost, and nothing may leave too late.
 * `npm run chaos kills -- KILLS FREEZES SEED`.
 */
const KILLS = 200;
const FREEZES = 20;
const SHOPS = 4;
const CUSTOMERS = 3;
const PER_SECOND = 2;
/** Short, so that what a freeze holds up is late when it is over. */
const SEND_MS = 12_000;
const RESTART_MS = 200;
const BURST = 3;

export const main = async ([kills = String(KILLS), freezes = String(FREEZES), seed = String(Date.now() % 1e6)]: string[] = []): Promise<void> => {
  console.log(`${kills} kills, ${freezes} freezes, seed ${seed}`);
  const diceOf = (part: string): Dice => throwDice(createRandom(`${seed} ${part}`));
  const folder = await mkdtemp(join(tmpdir(), 'waxos-chaos-'));
  const sandbox = await startSandbox();
  const control = openControlClient(sandbox);
  const gateway = await openChaosGateway({ dice: diceOf('gateway'), sendMs: SEND_MS });
  const node = keepNode({ sandbox, gateway, folder, name: 'chaos', env: { WARM_BROWSERS: '1' } }, RESTART_MS);
  try {
    const stage = await setStage(control, { shops: SHOPS, customers: CUSTOMERS });
    const { shops } = stage;
    const outages = openOutages(() => shops.map(({ device }) => device), Date.now);
    gateway.watch(outages.hear);
    const inboxes = openInboxes(gateway);
    const scans = scanCodes({ gateway, control, shops });
    await linkAll({ gateway, control, shops });
    const talk = keepTalking({ gateway, control, shops, dice: diceOf('talk'), perSecond: PER_SECOND });
    const linking = await keepLinking({ gateway, control, dice: diceOf('linking') });
    const restarting = keepRestarting({ gateway, shops, dice: diceOf('restarting') });
    const killed = await killAtRandom(Number(kills), { gateway, node, folder, outages, dice: diceOf('kills') });
    await Promise.all([linking.stop(), restarting.stop()]);
    let burst = 0;
    const frozen = await freezeNode(Number(freezes), {
      gateway,
      node,
      shops,
      outages,
      dice: diceOf('freezes'),
      burst: () => {
        for (const shop of shops) for (const customer of shop.customers.slice(0, BURST)) gateway.send(toBeSent({ shop, customer, number: 1_000_000 + (burst += 1), dice: diceOf(`burst ${burst}`) }));
      },
    });
    await talk.stop();
    const { late } = await settle({ gateway, control, inboxes, stage });
    const ledger = await readLedger(control);
    await noteLinks(control, shops);
    await node.stop();
    const left = await listOfRun(folder);
    reportKills({ gateway, inboxes, stage, ledger, outages, node, killed, frozen, linking, restarted: restarting.counts.restarted, unlinked: [...scans.unlinked, ...linking.unlinked], late, left: left.length, asked: { kills: Number(kills), freezes: Number(freezes), seed } });
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
