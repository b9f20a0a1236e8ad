import type { LedgerEntry } from '@waxos/sandbox/network/ledger-entry';
import type { Linking } from '../fleets/keep-linking.ts';
import type { KeptNode } from '../fleets/keep-node.ts';
import type { Stage } from '../fleets/set-stage.ts';
import type { ChaosGateway } from '../gateways/open-chaos-gateway.ts';
import type { Freeze } from '../harms/freeze-node.ts';
import type { Kills } from '../harms/kill-at-random.ts';
import type { Outages } from '../harms/open-outages.ts';
import type { Inboxes } from '../inboxes/open-inboxes.ts';
import { compareSends } from '../sends/compare-sends.ts';
import { findLate } from '../sends/find-late.ts';
import { percentile } from './percentile.ts';
import { sumVerdicts } from './sum-verdicts.ts';

interface Ran {
  gateway: ChaosGateway;
  inboxes: Inboxes;
  stage: Stage;
  ledger: readonly LedgerEntry[];
  outages: Outages;
  node: KeptNode;
  killed: Kills;
  frozen: readonly Freeze[];
  linking: Linking;
  restarted: number;
  unlinked: readonly string[];
  /** What was not as it should be at the end. */
  late: readonly string[];
  left: number;
  asked: Record<string, unknown>;
}

const examples = 8;
/** What the watchdog needs past the deadline: its look, and the kill. */
const killMs = 1_000;

/** Prints what was counted; whatever should not be makes the run fail. */
export const reportKills = ({ gateway, inboxes, stage, ledger, outages, node, killed, frozen, linking, restarted, unlinked, late, left, asked }: Ran): void => {
  const sends = compareSends(ledger, { rows: gateway.book.rows(), devices: new Set(stage.shops.flatMap(({ linkedAs }) => [...linkedAs])) });
  const lateSends = findLate(ledger, { rows: gateway.book.rows(), places: gateway.places.all(), freezes: frozen, killMs });
  const inbox = sumVerdicts(stage.shops.map((shop) => inboxes.judge(shop, { ledger, stage })));
  const recovered = frozen.flatMap(({ recoveredMs }) => recoveredMs ?? []);
  console.log(`killed: ${killed.node} nodes, ${killed.browser} browsers (${killed.warm} of them, or their renderers, warm), ${killed.renderer} renderers; while ${[...killed.during].map(([state, count]) => `${state} ${count}`).join(', ')}`);
  console.log(`gone after p50 ${percentile(killed.goneMs, 50)} ms, p95 ${percentile(killed.goneMs, 95)} ms, longest ${percentile(killed.goneMs, 100)} ms; ${killed.left.length} processes left`);
  console.log(`linked besides: ${JSON.stringify(linking.counts)}; stopped and started: ${restarted}; node starts: ${node.starts()}`);
  console.log(`frozen ${frozen.length} times: ${frozen.reduce((sum, one) => sum + one.left, 0)} browsers past the deadline, ready again after p50 ${percentile(recovered, 50)} ms, longest ${percentile(recovered, 100)} ms, ${frozen.length - recovered.length} times not; ${ledger.filter((entry) => entry.e === 'message.sent' && entry.by !== 'phone' && frozen.some(({ from, deadline }) => entry.at > from && entry.at <= deadline)).length} messages left browsers of a frozen node before its deadline`);
  console.log(`sends: ${sends.asked} asked, ${sends.sent} sent, ${sends.failed} failed, ${sends.uncertainSent.length} uncertain that were sent, ${sends.uncertainUnsent.length} uncertain that were not; left too late: ${JSON.stringify(lateSends)}`);
  console.log(`inbox: ${JSON.stringify(inbox)}`);
  for (const [kind, times] of outages.recoveries()) console.log(`recovered of ${kind}: ${times.length} times, p50 ${percentile(times, 50)} ms, p95 ${percentile(times, 95)} ms, longest ${percentile(times, 100)} ms`);
  for (const [what, count] of [...node.complaints].toSorted(([, a], [, b]) => b - a).slice(0, 12)) console.log(`  the node said ${count} times: ${what}`);
  for (const line of [...killed.left, ...gateway.faults, ...node.deaths, ...late].slice(0, examples)) console.log(`  ${line}`);
  for (const device of new Set(unlinked)) console.log(`  ${device} lost its link: ${outages.tellOf(device).join('; ')}`);
  const { asked: _asked, sent, failed, uncertainSent, uncertainUnsent, open, ...wrongSends } = sends;
  for (const [name, ids] of Object.entries({ ...wrongSends, open, ...lateSends })) for (const id of ids.slice(0, examples)) console.log(`  ${name}: ${id} ${JSON.stringify(gateway.book.rows().find((row) => row.id === id))}`);
  const { expected, ...wrongInbox } = inbox;
  const counts = {
    processes_left: killed.left.length + left,
    browsers_past_deadline: frozen.reduce((sum, one) => sum + one.left, 0),
    freezes_not_recovered: frozen.length - recovered.length,
    profiles_lost: new Set(unlinked).size,
    not_settled: late.length,
    sent_while_frozen: lateSends.frozen.length,
    sent_past_deadline: lateSends.deadline.length,
    sent_without_lease: lateSends.lease.length,
    ...wrongInbox,
    ...Object.fromEntries(Object.entries({ ...wrongSends, open }).map(([name, ids]) => [`sends_${name}`, ids.length])),
    contract_faults: gateway.faults.length,
    node_deaths: node.deaths.length,
  };
  const wrong = Object.values(counts).reduce((sum, count) => sum + count, 0);
  console.log(JSON.stringify({ chaos: 'kills', ...asked, node: killed.node, browser: killed.browser, renderer: killed.renderer, ...counts, expected, sent, failed, uncertain_sent: uncertainSent.length, uncertain_unsent: uncertainUnsent.length, wrong }));
  if (wrong > 0) process.exitCode = 1;
};
