import { stoppedClock } from '@waxos/process/clock';
import { expect, test } from 'vitest';
import type { LedgerEntry } from '../network/ledger-entry.ts';
import type { Network } from '../network/network.ts';
import { openNetwork } from '../network/open-network.ts';
import { createRandom } from '../network/random.ts';
import { compareLedger, expectedFor } from './compare-ledger.ts';
import { playScript, type Played } from './play-script.ts';
import type { Script } from './script.ts';
import { stageOf } from './stage.ts';

interface Setting {
  script?: Partial<Script>;
  seconds?: number;
  seed?: string;
  /** How long a pause turns out to be, where it is not what was asked for. */
  pauseMs?: (asked: number) => number;
  /** Something that happens while it is played, once so many milliseconds are over. */
  meanwhile?: { afterMs: number; act: (shop: { account: string; network: Network; abort: () => void }) => void };
}

interface Told extends Played {
  network: Network;
  shop: string;
  entries: LedgerEntry[];
  seen: { id: string }[];
}

/** Plays it on a network of this process, with one shop that has a device; time passes only in the pauses. */
const play = async ({ script = {}, seconds = 60, seed = 'seed', pauseMs = (asked) => asked, meanwhile }: Setting = {}): Promise<Told> => {
  const clock = stoppedClock(new Date('2026-05-01T08:00:00Z'));
  const random = createRandom(`network ${seed}`);
  const network = openNetwork({ id: 'driver', clock, random, after: () => () => {} });
  const { account: shop } = network.addAccount({ phone: '4915500000001', name: 'Shop' });
  const seen: { id: string }[] = [];
  const { device, token } = network.link(shop, { noise: 'n', identity: 'i', adv: 'a', platform: 'p', name: 'Chrome', build: 'b' }, 'qr');
  network.connect({ device, token, build: 'b' }, { send: (frame) => frame.t === 'stanza' && frame.stanza.s === 'message' && frame.stanza.message.content.kind !== 'notice' && seen.push({ id: frame.stanza.message.key.id }), end: () => {} })?.receive({ t: 'kept', upTo: 1 });
  const stop = new AbortController();
  const begun = clock.now().getTime();
  let pending = meanwhile;
  const played = await playScript(
    { shops: [shop], customers: 20, perSecond: 10, ...script },
    {
      stage: stageOf(network, { digits: (count) => random.digits(count), upload: async (bytes, mimetype) => ({ hash: 'a'.repeat(64), mimetype, size: bytes.length }) }),
      random: createRandom(`script ${seed}`),
      clock,
      pause: async (ms) => {
        clock.advance(pauseMs(ms));
        if (pending === undefined || clock.now().getTime() - begun < pending.afterMs) return;
        pending.act({ account: shop, network, abort: () => stop.abort() });
        pending = undefined;
      },
      signal: stop.signal,
      durationMs: seconds * 1_000,
    },
  );
  await network.close();
  return { ...played, network, shop, entries: network.ledger.read(1, network.ledger.size()), seen };
};

const full: Partial<Script> = { media: 0.2, groups: 0.3, edits: 0.1, reactions: 0.1, answerAfterMs: [500, 2_000] };
const sent = (entries: readonly LedgerEntry[]) => entries.flatMap((entry) => (entry.e === 'message.sent' ? [entry] : []));

test('customers write at the rate that was asked for', async () => {
  const { messages, failures, entries } = await play();
  expect(messages).toBeGreaterThanOrEqual(599);
  expect(messages).toBeLessThanOrEqual(600);
  expect(failures).toEqual([]);
  expect(sent(entries)).toHaveLength(messages);
});

test('a slow moment is made up for, and told', async () => {
  let pauses = 0;
  const { messages, lateMs } = await play({ pauseMs: (asked) => (++pauses % 50 === 0 ? 3_000 : asked) });
  expect(messages).toBeGreaterThan(560);
  expect(lateMs).toBeGreaterThan(2_000);
});

test('the same seed plays the same script, another one another', async () => {
  const [one, same, other] = [await play({ script: full }), await play({ script: full }), await play({ script: full, seed: 'other' })];
  expect(same.entries).toEqual(one.entries);
  expect(other.entries).not.toEqual(one.entries);
});

test('media, groups, edits and reactions have their shares', async () => {
  const { entries, edits, reactions, failures } = await play({ script: full, seconds: 120, meanwhile: { afterMs: 5_000, act: ({ account, network }) => writeToAll(network, account) } });
  const messages = sent(entries).filter(({ author }) => entries.some((entry) => entry.e === 'account.added' && entry.account === author && entry.added.name.startsWith('Customer')));
  const share = (isIt: (entry: (typeof messages)[number]) => boolean): number => messages.filter(isIt).length / messages.length;
  expect(failures).toEqual([]);
  expect(share(({ content }) => content.kind === 'image')).toBeCloseTo(0.2, 1);
  expect(share(({ chat }) => chat.startsWith('g:'))).toBeCloseTo(0.3, 1);
  expect(edits).toBeGreaterThan(50);
  expect(reactions).toBeGreaterThan(50);
  expect(entries.filter(({ e }) => e === 'message.edited')).toHaveLength(edits);
  expect(entries.filter(({ e }) => e === 'message.reacted')).toHaveLength(reactions);
});

const writeToAll = (network: Network, account: string): void => {
  for (const { phone } of network.accounts().filter((one) => one.name.startsWith('Customer'))) network.perform({ account, by: 'phone' }, 'message.send', { chat: `${phone}@c.us`, content: { kind: 'text', text: 'We are open.' } });
};

test('each customer answers the shop once, a while after it was written to', async () => {
  const { entries, answers } = await play({ script: { perSecond: 0, answerAfterMs: [1_000, 3_000] }, seconds: 20, meanwhile: { afterMs: 5_000, act: ({ account, network }) => writeToAll(network, account) } });
  expect(answers).toBe(20);
  const [asked] = sent(entries);
  const waits = sent(entries).slice(20).map(({ at }) => at - (asked?.at ?? 0));
  expect(waits).toHaveLength(20);
  expect(waits.every((wait) => wait >= 1_000 && wait <= 3_020)).toBe(true);
});

test('told to stop, it stops', async () => {
  const { messages } = await play({ meanwhile: { afterMs: 10_000, act: ({ abort }) => abort() } });
  expect(messages).toBeGreaterThanOrEqual(99);
  expect(messages).toBeLessThanOrEqual(101);
});

test('what is refused is told with why, and the rest goes on', async () => {
  const { messages, failures } = await play({ meanwhile: { afterMs: 30_000, act: ({ network, account }) => network.removeAccount(account) } });
  expect(messages).toBeGreaterThan(290);
  expect(failures.length).toBeGreaterThan(290);
  expect(new Set(failures.map((failure) => failure.includes('Nobody in this network')))).toEqual(new Set([true]));
});

test('a device that was there all the time has everything once and in order', async () => {
  const { entries, shop, seen } = await play({ script: full });
  expect(compareLedger(expectedFor(entries, { account: shop }), seen)).toMatchObject({ lost: [], doubled: [], outOfOrder: [], unknown: [] });
  expect(seen.length).toBeGreaterThan(400);
});
