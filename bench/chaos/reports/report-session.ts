import type { LedgerEntry } from '@waxos/sandbox/network/ledger-entry';
import type { KeptNode } from '../fleets/keep-node.ts';
import type { Shop, Stage } from '../fleets/set-stage.ts';
import type { ChaosGateway } from '../gateways/open-chaos-gateway.ts';
import type { Outages } from '../harms/open-outages.ts';
import type { InboxVerdict } from '../inboxes/compare-inbox.ts';
import type { Inboxes } from '../inboxes/open-inboxes.ts';
import { compareSends } from '../sends/compare-sends.ts';
import type { Talk } from '../talks/keep-talking.ts';
import { percentile } from './percentile.ts';
import { sumVerdicts } from './sum-verdicts.ts';

interface Ran {
  gateway: ChaosGateway;
  inboxes: Inboxes;
  stage: Stage;
  ledger: readonly LedgerEntry[];
  outages: Outages;
  talk: Talk;
  node: KeptNode;
  /** Devices that lost their link. */
  unlinked: readonly string[];
  /** Processes that outlived the run. */
  left: number;
  settled: { ms: number; late: readonly string[] };
  asked: Record<string, unknown>;
}

const examples = 5;

/** Prints what was compared; whatever should not be makes the run fail. */
export const reportSession = (ran: Ran): void => {
  const { gateway, inboxes, stage, ledger, outages, talk, node, unlinked, left, settled, asked } = ran;
  const verdicts = stage.shops.map((shop) => ({ shop, verdict: inboxes.judge(shop, { ledger, stage }) }));
  const inbox = sumVerdicts(verdicts.map(({ verdict }) => verdict));
  const sends = compareSends(ledger, { rows: gateway.book.rows(), devices: new Set(stage.shops.flatMap(({ linkedAs }) => [...linkedAs])) });
  for (const { shop, verdict } of verdicts) tellExamples(shop, verdict, ran);
  const { asked: askedFor, sent, failed, uncertainSent, uncertainUnsent, ...wrongSends } = sends;
  for (const [name, ids] of Object.entries({ ...wrongSends, uncertainSent, uncertainUnsent })) for (const id of ids.slice(0, examples)) console.log(`  ${name}: ${id} ${JSON.stringify(gateway.book.rows().find((row) => row.id === id)?.outcomes ?? '')}`);
  const gaps = stage.shops.reduce((count, { device }) => count + inboxes.of(device).gaps(), 0);
  const orphans = stage.shops.reduce((count, { device }) => count + inboxes.of(device).orphans(), 0);
  const latencies = latenciesOf(ran);
  console.log(`written: ${JSON.stringify(talk.written)}; harmed: ${JSON.stringify(outages.counts())}; node starts: ${node.starts()}`);
  console.log(`inbox: ${JSON.stringify(inbox)}; reported gaps: ${gaps}; changes of messages that are not there: ${orphans}`);
  console.log(`sends: ${askedFor} asked, ${sent} sent, ${failed} failed (${reasonsOf(gateway)}), ${uncertainSent.length} uncertain that were sent, ${uncertainUnsent.length} uncertain that were not; ${gateway.checks()} looked for`);
  console.log(`phone to acknowledged, outside of outages: ${latencies.length} messages, p50 ${percentile(latencies, 50)} ms, p95 ${percentile(latencies, 95)} ms`);
  for (const [kind, times] of outages.recoveries()) console.log(`recovered of ${kind}: ${times.length} times, p50 ${percentile(times, 50)} ms, p95 ${percentile(times, 95)} ms, longest ${percentile(times, 100)} ms`);
  for (const [what, count] of [...node.complaints].toSorted(([, a], [, b]) => b - a).slice(0, 12)) console.log(`  the node said ${count} times: ${what}`);
  for (const line of [...gateway.faults.slice(0, examples), ...talk.failures.slice(0, examples), ...node.deaths.slice(0, examples), ...settled.late]) console.log(`  ${line}`);
  for (const device of new Set(unlinked)) console.log(`  ${device} lost its link: ${outages.tellOf(device).join('; ')}`);
  const counted = Object.fromEntries(Object.entries(wrongSends).map(([name, ids]) => [`sends_${name}`, ids.length]));
  const { expected, ...wrongInbox } = inbox;
  const faults = { ...wrongInbox, ...counted, orphans, contract_faults: gateway.faults.length, node_deaths: node.deaths.length, unlinked: unlinked.length, processes_left: left, not_settled: settled.late.length };
  const wrong = Object.values(faults).reduce((all, count) => all + count, 0);
  console.log(JSON.stringify({ chaos: 'session', ...asked, expected, ...faults, gaps, sent, failed, uncertain_sent: uncertainSent.length, uncertain_unsent: uncertainUnsent.length, p50_ms: percentile(latencies, 50), p95_ms: percentile(latencies, 95), settled_ms: settled.ms, events: gateway.counts(), wrong }));
  if (wrong > 0) process.exitCode = 1;
};

const tellExamples = ({ device }: Shop, { expected: _expected, ...lists }: InboxVerdict, { ledger, inboxes, outages }: Ran): void => {
  for (const [name, ids] of Object.entries(lists)) {
    for (const id of ids.slice(0, examples)) {
      const happened = ledger.filter((entry) => 'id' in entry && entry.id === id && entry.e.startsWith('message.')).map(({ e, at, n, ...rest }) => `${e} #${n} ${new Date(at).toISOString().slice(11, 23)}${outages.isWithin(device, at) ? ' in an outage' : ''}${'emoji' in rest ? ` ${rest.who} ${rest.emoji}` : ''}${'by' in rest ? ` by ${rest.by.slice(0, 8)}` : ''}`);
      const row = inboxes.of(device).shown().find(({ key }) => key.id === id);
      console.log(`  ${name}: ${id} of ${device}: ${happened.join('; ')}; shown: ${row === undefined ? 'no' : JSON.stringify({ at: row.at, order: row.order, source: row.source, content: row.content, reactions: [...row.reactions] })}`);
    }
  }
};

const reasonsOf = ({ book }: ChaosGateway): string => {
  const reasons = new Map<string, number>();
  for (const { state, reason = '' } of book.rows()) if (state === 'failed') reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return [...reasons].map(([reason, count]) => `${count} ${reason}`).join(', ') || 'none';
};

/** From the network's note of a message to its commit at the gateway. */
const latenciesOf = ({ inboxes, stage, ledger, outages }: Ran): number[] => {
  const sentAt = new Map(ledger.flatMap((entry) => (entry.e === 'message.sent' ? [[entry.id, entry] as const] : [])));
  return stage.shops.flatMap(({ device, linkedAs }) =>
    inboxes.of(device).shown().flatMap(({ key, committedAt }) => {
      const entry = sentAt.get(key.id);
      return entry === undefined || linkedAs.has(entry.by) || outages.isWithin(device, entry.at) ? [] : [committedAt - entry.at];
    }),
  );
};
