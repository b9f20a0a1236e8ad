import { expect, test } from 'vitest';
import { openPage } from '../testing/open-page.ts';
import { openTestNetwork } from '../testing/open-test-network.ts';

const setUp = (options: { keeps?: boolean } = {}) => {
  const made = openTestNetwork();
  const shop = made.phone('Shop');
  const customer = made.phone('Customer');
  return { ...made, shop, customer, page: openPage(made.network, shop.account, options) };
};
const kinds = (frames: { t: string }[]): string[] => frames.map(({ t }) => t);

test('a login is answered with the greeting, then what waited in order, then the end of it', () => {
  const { page, customer, shop } = setUp();
  customer.text(shop.at, '0');
  page.close();
  for (const text of ['1', '2', '3']) customer.text(shop.at, text);
  page.frames.length = 0;
  page.login();
  expect(kinds(page.frames)).toEqual(['welcome', 'stanza', 'stanza', 'stanza', 'offlineEnd']);
  expect(page.frames[0]).toMatchObject({ waiting: 3, history: false, me: { phone: shop.at, lid: shop.lid, pushName: 'Shop', platform: 'android' }, manners: { offlineBeforeSync: true, syncMs: 1_000, stateOnLogout: 'navigates', messagesInMemory: 20 } });
  expect(page.messages().map(({ content }) => content.kind === 'text' && content.text)).toEqual(['1', '2', '3']);
});

test('what was not kept is sent again with its number at the next login, and what was kept is not', () => {
  const { page, customer, shop } = setUp({ keeps: false });
  page.keep();
  const [first, second] = [customer.text(shop.at, '1'), customer.text(shop.at, '2')];
  const numbers = page.frames.flatMap((frame) => (frame.t === 'stanza' && frame.stanza.s === 'message' ? [[frame.n, frame.stanza.message.key.id]] : []));
  page.keep(Number(numbers[0]?.[0]));
  page.close();
  page.frames.length = 0;
  page.login();
  expect(numbers.map(([, id]) => id)).toEqual([first, second]);
  expect(page.frames.flatMap((frame) => (frame.t === 'stanza' ? [frame.n] : []))).toEqual([numbers[1]?.[0]]);
});

test('a device cannot keep what it was not sent', () => {
  const { page, customer, shop, network, entries } = setUp({ keeps: false });
  page.say({ t: 'kept', upTo: 1_000_000 });
  shop.act('phone.online', { online: false });
  page.close();
  customer.text(shop.at, 'Hello');
  page.say({ t: 'kept', upTo: 1_000_000 });
  expect(entries().filter(({ e }) => e === 'message.delivered')).toEqual([]);
  expect(network.view(customer.account).chats[0]?.last?.ack).toBe(1);
});

test('of two sockets of one device the newer is served, and the older told of the conflict', () => {
  const { page, network, entries, customer, shop } = setUp();
  const heard: string[] = [];
  const other = network.connect({ device: page.device, token: page.token, build: '2.3000.1' }, { send: (frame) => heard.push(frame.t === 'closed' ? frame.reason : frame.t), end: () => heard.push('end') });
  expect(page.frames.at(-1)).toEqual({ t: 'closed', reason: 'conflict' });
  customer.text(shop.at, 'For the newer');
  expect(page.messages()).toEqual([]);
  expect(heard).toEqual(['welcome', 'offlineEnd', 'stanza', 'stanza']);

  page.say({ t: 'takeover' });
  expect(heard.at(-1)).toBe('conflict');
  expect(page.messages()).toMatchObject([{ content: { text: 'For the newer' } }]);
  other?.close();
  page.close();
  expect(entries().flatMap((entry) => (entry.e === 'device.connected' || entry.e === 'device.disconnected' ? [[entry.e, entry.socket]] : []))).toEqual([
    ['device.connected', 1],
    ['device.connected', 2],
    ['device.disconnected', 2],
    ['device.disconnected', 1],
  ]);
});

test('a socket behind a conflict can do nothing', () => {
  const { page, network, customer, entries } = setUp();
  network.connect({ device: page.device, token: page.token, build: '2.3000.1' }, { send: () => {}, end: () => {} });
  expect(page.act('message.send', { chat: customer.at, content: { kind: 'text', text: 'Hello' } })).toMatchObject({ ok: false, code: 'conflict' });
  expect(entries().filter(({ e }) => e === 'message.sent')).toEqual([]);
});

test('a wrong token or an unknown device is not let in', () => {
  const { page, network } = setUp();
  const sink = { send: () => {}, end: () => {} };
  expect(network.connect({ device: page.device, token: 'wrong', build: '2.3000.1' }, sink)).toBe(undefined);
  expect(network.connect({ device: 'unknown', token: page.token, build: '2.3000.1' }, sink)).toBe(undefined);
});

test('the ledger keeps the hash of a token, and not the token', () => {
  const { page, entries } = setUp();
  expect(JSON.stringify(entries())).not.toContain(page.token);
  expect(entries().find(({ e }) => e === 'device.linked')).toMatchObject({ tokenHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
});

test('a device that the phone logs out is told so, cut off, and not let in again', () => {
  const { page, network, shop } = setUp();
  shop.act('device.logOut', { device: page.device });
  expect(page.frames.at(-1)).toEqual({ t: 'closed', reason: 'logged_out' });
  expect(page.ended).toBe(true);
  expect(page.login()).toBe(false);
  expect(network.view(shop.account).devices).toEqual([]);
  expect(() => shop.act('device.logOut', { device: page.device })).toThrow(/not linked/);
});

test('a device can log itself out', () => {
  const { page, network, shop } = setUp();
  page.say({ t: 'logout' });
  expect(page.frames.at(-1)).toEqual({ t: 'closed', reason: 'logged_out' });
  expect(network.view(shop.account).devices).toEqual([]);
});

test.each(['unpaired', 'banned'] as const)('a device that is %s loses its link', (reason) => {
  const { page, network } = setUp();
  network.expel(page.device, reason);
  expect(page.frames.at(-1)).toEqual({ t: 'closed', reason });
  expect(page.login()).toBe(false);
});

test.each(['conflict', 'replaced', 'outdated'] as const)('a device whose socket is ended as %s may come back', (reason) => {
  const { page, network } = setUp();
  network.expel(page.device, reason);
  expect(page.frames.at(-1)).toEqual({ t: 'closed', reason });
  expect(page.ended).toBe(true);
  expect(page.login()).toBe(true);
});

test('an act that is refused is answered with why', () => {
  const { page } = setUp();
  expect(page.act('message.send', { chat: '4915599999999@c.us', content: { kind: 'text', text: 'Hello' } })).toEqual({ ok: false, code: 'not_found', text: expect.stringContaining('4915599999999') });
  expect(page.act('phone.online' as 'message.read', { online: false } as unknown as { chat: string })).toMatchObject({ ok: false, code: 'not_allowed' });
});

test('typing and presence are told to who is there, and kept for nobody', () => {
  const { page, network, customer, shop } = setUp();
  const theirs = openPage(network, customer.account);
  customer.text(shop.at, 'Hello');
  page.say({ t: 'typing', chat: customer.at, state: 'typing' });
  page.say({ t: 'present', available: true });
  expect(theirs.frames.slice(-2)).toEqual([
    { t: 'live', live: { l: 'typing', chat: shop.at, from: shop.at, state: 'typing' } },
    { t: 'live', live: { l: 'present', of: shop.at, available: true } },
  ]);
  expect(network.view(customer.account).chats).toMatchObject([{ typing: ['Shop'] }]);
  page.say({ t: 'typing', chat: customer.at, state: 'paused' });
  expect(network.view(customer.account).chats).toMatchObject([{ typing: [] }]);
});

test('a person is there while one of their devices or the phone is, and since when they are not is told', () => {
  const { page, customer, shop, clock } = setUp();
  customer.text(shop.at, 'Hello');
  const seen = () => page.frames.flatMap((frame) => (frame.t === 'live' && frame.live.l === 'present' ? [[frame.live.available, frame.live.lastSeen]] : []));
  expect(page.act('presence.get', { person: customer.at })).toEqual({ ok: true, value: { available: false } });
  customer.act('phone.present', { available: true });
  expect(page.act('presence.get', { person: customer.lid })).toEqual({ ok: true, value: { available: true } });
  page.say({ t: 'present', available: true });
  shop.act('phone.present', { available: true });
  page.close();
  expect(customer.act('presence.get', { person: shop.at })).toEqual({ available: true });
  page.login();
  const lastSeen = Math.floor(clock.now().getTime() / 1_000);
  customer.act('phone.present', { available: false });
  expect(seen()).toEqual([[true, undefined], [false, lastSeen]]);
  expect(page.act('presence.get', { person: customer.at })).toEqual({ ok: true, value: { available: false, lastSeen } });
  customer.act('contact.block', { person: shop.at, blocked: true });
  expect(page.act('presence.get', { person: customer.at })).toEqual({ ok: true, value: { available: false } });
});

test('a file that a device asks for once more is uploaded when the phone is online, for that device alone', () => {
  const { page, network, customer, shop } = setUp();
  const other = openPage(network, shop.account);
  const media = { hash: 'a'.repeat(64), mimetype: 'image/jpeg', size: 1_000 };
  const { id } = customer.act('message.send', { chat: shop.at, content: { kind: 'image', media } });
  const text = customer.text(shop.at, 'No file');
  shop.act('phone.online', { online: false });
  expect(page.act('message.reupload', { message: { chat: customer.at, id } })).toEqual({ ok: true, value: {} });
  expect(page.act('message.reupload', { message: { chat: customer.at, id: text } })).toMatchObject({ ok: false, code: 'bad_request' });
  expect(page.of('reuploaded')).toEqual([]);
  shop.act('phone.online', { online: true });
  expect(page.of('reuploaded')).toEqual([{ s: 'reuploaded', key: { chat: customer.at, id, fromMe: false }, path: expect.stringMatching(/^\/media\/a{64}\?again=\d+$/) }]);
  expect(other.of('reuploaded')).toEqual([]);
});

test('removing an account ends its devices, and what it wrote stays', () => {
  const { page, network, customer, shop } = setUp();
  const id = shop.text(customer.at, 'Goodbye');
  network.removeAccount(shop.account);
  expect(page.frames.at(-1)).toEqual({ t: 'closed', reason: 'unpaired' });
  expect(customer.thread(shop.lid).map(({ key }) => key.id)).toEqual([id]);
  expect(network.view(customer.account).chats).toMatchObject([{ id: shop.lid }]);
  expect(() => customer.text(shop.lid, 'Still there?')).toThrow(/no more/);
  expect(network.accounts().map(({ account }) => account)).toEqual([customer.account]);
});
