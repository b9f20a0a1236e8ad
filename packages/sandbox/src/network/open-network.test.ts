import { describe, expect, test } from 'vitest';
import type { LedgerEntry } from './ledger-entry.ts';
import { readLines, type Journal } from './ledgers/journal.ts';
import type { Network } from './network.ts';
import { createRandom } from './random.ts';
import { SandboxRefusal } from './refusal.ts';
import { openPage, registration, type TestPage } from './testing/open-page.ts';
import { openTestNetwork, type TestNetwork } from './testing/open-test-network.ts';
import { chooseAct, pick } from './testing/random-acts.ts';

/** A journal in a text, as it is in a file. */
const keepJournal = (before = ''): Journal & { text: () => string } => {
  let text = before;
  return {
    append: (lines) => {
      text += lines;
    },
    read: () => readLines([Buffer.from(text)]),
    close: async () => {},
    text: () => text,
  };
};

interface Lived extends TestNetwork {
  pages: TestPage[];
  journal: ReturnType<typeof keepJournal>;
  refused: Map<string, number>;
  done: number;
}

/** A network in which people did this many random things, over several hours. */
const live = (seed: string, acts: number): Lived => {
  const journal = keepJournal();
  const random = createRandom(`acts ${seed}`);
  const made = openTestNetwork({ seed, journal });
  const { network } = made;
  const phones = ['A', 'B', 'C', 'D', 'E'].map((name, index) =>
    made.phone(name, { ...(index === 1 ? { addressing: 'lid' } : {}), ...(index === 2 ? { hidesPhone: true } : {}), ...(index === 3 ? { groupInvites: 'nobody', platform: 'iphone' } : {}), ...(index === 0 ? { business: { description: 'A shop', category: 'Shop' } } : {}) }),
  );
  const pages = phones.slice(0, 3).flatMap(({ account }) => [openPage(network, account), openPage(network, account, { keeps: false })]);
  const world = { random, phones, groups: [] as string[], codes: [] as string[] };
  const refused = new Map<string, number>();
  let done = 0;
  for (let step = 0; step < acts; step += 1) {
    made.pass(random.below(20_000));
    const page = pick(world, pages);
    if (random.chance(0.05)) page.close();
    if (random.chance(0.1)) page.login();
    if (random.chance(0.1)) page.keep();
    if (random.chance(0.02)) network.setFaults('everyone', random.chance(0.5) ? { ciphertextMs: 5_000 } : {});
    const me = pick(world, phones);
    const { name, args } = chooseAct(world, me);
    try {
      const device = random.chance(0.4) ? pages.find(({ device: id }) => network.view(me.account).devices.some((one) => one.device === id)) : undefined;
      const value: unknown = network.perform({ account: me.account, by: device === undefined ? 'phone' : { device: device.device } }, name, args);
      done += 1;
      if (name === 'group.create') world.groups.push((value as { group: { id: string } }).group.id);
      if (name === 'group.inviteCode') world.codes.push((value as { code: string }).code);
    } catch (error) {
      if (!(error instanceof SandboxRefusal)) throw error;
      refused.set(error.code, (refused.get(error.code) ?? 0) + 1);
    }
  }
  return { ...made, pages, journal, refused, done };
};

const views = (network: Network): unknown => network.accounts().map(({ account }) => ({ view: network.view(account), threads: network.view(account).chats.map(({ id }) => network.thread(account, id, { limit: 10_000 })) }));

/** Everything that waits for each device, as it is told to it. */
const drain = (network: Network, pages: readonly TestPage[]): unknown =>
  pages.map(({ device, token }) => {
    const frames: unknown[] = [];
    const connection = network.connect({ device, token, build: registration.build }, { send: (frame) => frames.push(frame), end: () => {} });
    for (let from = 0; from < frames.length; ) {
      from = frames.length;
      connection?.receive({ t: 'kept', upTo: Number.MAX_SAFE_INTEGER });
    }
    connection?.close();
    return frames;
  });

describe.each(['one', 'two', 'three'])('after a few hundred random acts (seed %s)', (seed) => {
  test('a replay of the journal gives the same views and the same queues', () => {
    const lived = live(seed, 700);
    lived.network.setFaults('everyone', {});
    for (const page of lived.pages) page.close();
    const kept = lived.journal.text();
    const again = openTestNetwork({ seed, journal: keepJournal(kept) });
    again.clock.advance(lived.clock.now().getTime() - again.clock.now().getTime());

    expect(lived.done).toBeGreaterThan(250);
    expect(views(again.network)).toEqual(views(lived.network));
    expect(drain(again.network, lived.pages)).toEqual(drain(lived.network, lived.pages));
  });

  test('the ledger counts from 1 without a gap, and its times never go back', () => {
    const entries = live(seed, 300).entries();
    expect(entries.map(({ n }) => n)).toEqual(entries.map((_, index) => index + 1));
    expect(entries.every((entry, index) => entry.at >= (entries[index - 1]?.at ?? 0))).toBe(true);
  });

  test('each device is told its queue by number without a gap, and has every message that its phone shows', () => {
    const { network, pages } = live(seed, 500);
    network.setFaults('everyone', {});
    for (const page of pages) {
      page.login();
      for (let count = -1; count < page.frames.length; ) {
        count = page.frames.length;
        page.keep();
      }
      const numbers = [...new Set(page.frames.flatMap((frame) => (frame.t === 'stanza' ? [frame.n] : [])))];
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    }
    for (const { account } of network.accounts()) network.perform({ account, by: 'phone' }, 'phone.online', { online: true });
    for (const { account, devices, chats } of network.accounts().map((one) => network.view(one.account))) {
      for (const page of pages.filter(({ device }) => devices.some((one) => one.device === device))) {
        const known = new Set([...page.messages(), ...page.of('history').flatMap(({ history }) => history.messages)].map(({ key }) => key.id));
        const missing = chats.flatMap(({ id }) => network.thread(account, id, { limit: 10_000 }).messages).filter(({ key }) => !known.has(key.id) && !key.fromMe);
        expect(missing).toEqual([]);
      }
    }
  });

  test('ticks say what the ledger says', () => {
    const { network, entries } = live(seed, 500);
    const delivered = new Set(entries().flatMap((entry) => (entry.e === 'message.delivered' || entry.e === 'message.read' ? entry.ids : [])));
    const read = new Set(entries().flatMap((entry) => (entry.e === 'message.read' ? entry.ids : entry.e === 'message.played' ? [entry.id] : [])));
    for (const { account } of network.accounts()) {
      for (const { id } of network.view(account).chats.filter(({ group }) => group === undefined)) {
        const own = network.thread(account, id, { limit: 10_000 }).messages.filter(({ key, content, to, from }) => key.fromMe && content.kind !== 'notice' && to !== from);
        for (const { key, ack } of own) expect({ id: key.id, ack: Math.min(ack, 3) }).toEqual({ id: key.id, ack: read.has(key.id) ? 3 : delivered.has(key.id) ? 2 : 1 });
      }
    }
  });
});

test('nothing of one network is visible in another', () => {
  const one = openTestNetwork({ id: 'one' });
  const two = openTestNetwork({ id: 'two' });
  const shop = one.phone('Shop');
  const stranger = two.phone('Stranger');
  const page = openPage(one.network, shop.account);

  expect(() => stranger.act('message.send', { chat: shop.lid, content: { kind: 'text', text: 'Hello' } })).toThrow(SandboxRefusal);
  expect(stranger.act('contact.exists', { person: shop.lid })).toBe(null);
  expect(() => two.network.view(shop.account)).toThrow(SandboxRefusal);
  expect(two.network.connect({ device: page.device, token: page.token, build: '2.3000.1' }, { send: () => {}, end: () => {} })).toBe(undefined);
  expect(two.entries().map(({ e }) => e)).toEqual(['account.added']);
});

test('an act whose arguments are wrong is refused with what is wrong, and nothing happens', () => {
  const { phone, entries, network } = openTestNetwork();
  const shop = phone('Shop');
  const before = entries().length;
  const args = { chat: 'nobody', content: { kind: 'text', text: 'Hello' } } as const;
  expect(() => network.perform({ account: shop.account, by: 'phone' }, 'message.send', args)).toThrow(/message\.send does not take this as 'chat'/);
  expect(() => network.perform({ account: shop.account, by: 'phone' }, 'toString' as 'message.send', args)).toThrow(SandboxRefusal);
  expect(entries()).toHaveLength(before);
});

test('a process that died leaves no device connected and no message on its way', async () => {
  const journal = keepJournal();
  const { network, phone } = openTestNetwork({ journal });
  const shop = phone('Shop');
  const customer = phone('Customer');
  openPage(network, shop.account);
  customer.text(shop.at, 'Hello');
  // The last line was being written: nobody had heard of it.
  const text = journal.text();
  const lines = text.trimEnd().split('\n');
  const cut = lines.findIndex((line) => (JSON.parse(line) as LedgerEntry).e === 'message.sent');
  const again = openTestNetwork({ journal: keepJournal(`${lines.slice(0, cut + 1).join('\n')}\n{"n":`) });
  expect(again.network.view(shop.account).devices).toMatchObject([{ connected: false }]);
  expect(again.network.thread(customer.account, shop.at, { limit: 5 }).messages).toMatchObject([{ ack: 2 }]);
  await network.close();
  expect(network.view(shop.account).devices).toMatchObject([{ connected: false }]);
});

test('while the journal fails nothing is answered and nothing more happens, and then it goes on where it was', () => {
  const journal = keepJournal();
  let isFull = false;
  const append = (lines: string): void => {
    if (isFull) throw new Error('no space left');
    journal.append(lines);
  };
  const { phone, entries } = openTestNetwork({ journal: { ...journal, append } });
  const [shop, customer] = [phone('Shop'), phone('Customer')];
  isFull = true;
  expect(() => customer.text(shop.at, 'Once')).toThrow('no space left');
  const size = entries().length;
  expect(() => customer.text(shop.at, 'Never')).toThrow('no space left');
  expect(entries()).toHaveLength(size);
  isFull = false;
  customer.text(shop.at, 'Twice');
  expect(shop.texts(customer.at)).toEqual(['Once', 'Twice']);
  expect(journal.read().entries).toEqual(entries());
});
