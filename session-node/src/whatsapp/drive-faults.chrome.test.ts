import { buffer } from 'node:stream/consumers';
import type { Chat } from '@waxos/contract/node-link/identities';
import { picture, voice, type Sample } from '@waxos/sandbox/conformance/testing/samples';
import { inOneChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import type { Phone } from '@waxos/sandbox/conformance/testing/phone';
import { openWorld, type World } from '@waxos/sandbox/conformance/testing/world';
import { waitFor } from '@waxos/process/poll';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import { DriverDead } from './driver.ts';
import { linkDriven, type Driven } from './testing/drive.ts';

let ids = 0;
const newId = (): string => `3EB0F${String(++ids).padStart(17, '0')}`;
const soon = (): number => Date.now() + 60_000;
const chatWith = (phone: Phone): Chat => ({ kind: 'person', person: { lid: phone.account } });
const outgoing = ({ bytes, mimetype, filename }: Sample) => ({ url: 'none', mimetype, bytes: bytes.length, filename });

inOneChromium((chromium) => {
  let [world, shop, driven]: [World, Phone, Driven] = [] as never;

  beforeAll(async () => {
    world = await openWorld();
    shop = world.newPhone();
    driven = await linkDriven(world, shop, { chromium, deadlines: { tickMs: 1_500, mediaMs: 2_000, callMs: 5_000 } });
  });
  afterEach(() => world.clearFaults());
  afterAll(async () => {
    await driven?.close();
    await world?.close();
  });
  const seen = async (id: string) => (await driven.until('message.seen', ({ message }) => message.key.id === id)).message;
  const meet = async (): Promise<Phone> => {
    const customer = world.newPhone();
    await seen(customer.say(shop.address, 'hello'));
    return customer;
  };

  test('pictures and voice notes go out byte for byte, and come in as streams', async () => {
    const customer = await meet();
    const [photo, note] = [picture([200, 30, 30]), voice()];
    const [first, second] = [newId(), newId()];
    await driven.driver.send({ chat: chatWith(customer), id: first, content: { kind: 'media', as: 'image', media: outgoing(photo), caption: 'The red one' }, media: photo.bytes, notAfter: soon() });
    await driven.driver.send({ chat: chatWith(customer), id: second, content: { kind: 'media', as: 'voice', media: outgoing(note) }, media: note.bytes, notAfter: soon() });
    const arrived = await customer.until(shop.address, ({ key }) => key.id === first, 'the picture');
    expect(arrived.content).toMatchObject({ kind: 'image', caption: 'The red one' });
    const hash = arrived.content.kind === 'image' ? arrived.content.media.hash : '';
    expect((await world.bytesOf(hash)).equals(photo.bytes)).toBe(true);
    expect((await customer.until(shop.address, ({ key }) => key.id === second, 'the voice note')).content).toMatchObject({ kind: 'voice' });
    const id = customer.send(shop.address, { kind: 'image', media: await world.upload(photo), caption: 'This?' });
    const message = await seen(id);
    expect(message.content).toMatchObject({ kind: 'image', caption: 'This?', media: { mimetype: photo.mimetype, bytes: photo.bytes.length } });
    const fetched = await driven.driver.fetchMedia(message.key, new AbortController().signal);
    if (fetched === 'gone') throw new Error('it is there');
    expect((await buffer(fetched.bytes)).equals(photo.bytes)).toBe(true);
  });

  test('media of several pieces come in whole', async () => {
    const customer = await meet();
    const large = { bytes: Buffer.alloc(1_300_000, 'abcdefg'), mimetype: 'application/pdf', filename: 'large.pdf' };
    const message = await seen(customer.send(shop.address, { kind: 'document', media: { ...(await world.upload(large)), filename: 'large.pdf' } }));
    const fetched = await driven.driver.fetchMedia(message.key, new AbortController().signal);
    if (fetched === 'gone') throw new Error('it is there');
    expect((await buffer(fetched.bytes)).equals(large.bytes)).toBe(true);
  });

  test('media that are gone are said to be, and those that hang end by their deadline (fault 12)', async () => {
    const customer = await meet();
    const message = await seen(customer.send(shop.address, { kind: 'image', media: await world.upload(picture([1, 2, 3])) }));
    world.setFaults({ media: '404' });
    expect(await driven.driver.fetchMedia(message.key, new AbortController().signal)).toBe('gone');
    world.setFaults({ media: '500' });
    await expect(driven.driver.fetchMedia(message.key, new AbortController().signal)).rejects.toMatchObject({ reason: 'media_missing' });
    world.setFaults({ media: 'hangs' });
    await expect(driven.driver.fetchMedia(message.key, new AbortController().signal)).rejects.toBeInstanceOf(DriverDead);
    await driven.driver.ping();
  });

  test('media that have expired come from the phone, which uploads them once more, and later where it is offline (fault 12)', async () => {
    const customer = await meet();
    const photo = picture([4, 5, 6]);
    const message = await seen(customer.send(shop.address, { kind: 'image', media: await world.upload(photo) }));
    world.setFaults({ media: 'expired' });
    shop.act('phone.online', { online: false });
    await expect(driven.driver.fetchMedia(message.key, new AbortController().signal)).rejects.toMatchObject({ reason: 'media_missing' });
    shop.act('phone.online', { online: true });
    const fetched = await driven.driver.fetchMedia(message.key, new AbortController().signal);
    if (fetched === 'gone') throw new Error('the phone has it');
    expect((await buffer(fetched.bytes)).equals(photo.bytes)).toBe(true);
    const other = await seen(customer.send(shop.address, { kind: 'image', media: await world.upload(picture([6, 5, 4])) }));
    expect(await driven.driver.fetchMedia(other.key, new AbortController().signal)).not.toBe('gone');
  });

  test('a send that throws after it has left is sent, once (fault 12)', async () => {
    const customer = await meet();
    world.setFaults({ sendThrowsAfter: true });
    const id = newId();
    await driven.driver.send({ chat: chatWith(customer), id, content: { kind: 'text', text: 'Did it go?' }, notAfter: soon() });
    expect(world.ledger('message.sent', (entry) => entry.id === id)).toHaveLength(1);
  });

  test('a number that is not on WhatsApp is refused by name, and the next send goes out', async () => {
    const customer = await meet();
    const content = { kind: 'text', text: 'Hello?' } as const;
    await expect(driven.driver.send({ chat: { kind: 'person', person: { phone: '4999999999999' } }, id: newId(), content, notAfter: soon() })).rejects.toMatchObject({ reason: 'no_chat' });
    await driven.driver.send({ chat: chatWith(customer), id: newId(), content, notAfter: soon() });
    expect((await customer.untilText(shop.address, 'Hello?')).key.fromMe).toBe(false);
  });

  test('two sends at once each go out under their own id', async () => {
    const customer = await meet();
    const texts = ['first', 'second', 'third'].map((text) => ({ id: newId(), content: { kind: 'text', text } as const }));
    await Promise.all(texts.map((one) => driven.driver.send({ chat: chatWith(customer), ...one, notAfter: soon() })));
    for (const { id, content } of texts) expect((await customer.untilText(shop.address, content.text)).key.id).toBe(id);
  });

  test('a send without a tick is not called sent, and is found without one', async () => {
    const customer = await meet();
    customer.act('phone.online', { online: false });
    world.setFaults({ noServerTick: true });
    const id = newId();
    await expect(driven.driver.send({ chat: chatWith(customer), id, content: { kind: 'text', text: 'Untick.' }, notAfter: soon() })).rejects.toBeInstanceOf(DriverDead);
    expect(await driven.driver.find(chatWith(customer), id)).toMatchObject({ ack: 0 });
  });

  test('what could not be decrypted is asked of the phone (fault 12)', async () => {
    const customer = await meet();
    world.setFaults({ ciphertextMs: 600_000 });
    const id = customer.say(shop.address, 'Only when asked.');
    await driven.until('message.seen', ({ message }) => message.key.id === id && message.content.kind === 'undecrypted');
    const filled = await driven.until('message.seen', ({ message }) => message.key.id === id && message.content.kind !== 'undecrypted');
    expect(filled.message.content).toEqual({ kind: 'text', text: 'Only when asked.' });
    expect(world.ledger('message.filled', (entry) => entry.id === id)).toHaveLength(1);
  });

  test('a page that hangs answers no call, and each call on it ends by its deadline (fault 6)', async () => {
    const [page] = await driven.browser.pages();
    const session = await page?.createCDPSession();
    await session?.send('Debugger.enable');
    await session?.send('Debugger.pause');
    const calls = [driven.driver.ping(), driven.driver.hears(), driven.driver.listChanged(0), driven.driver.screenshot()];
    const ends = await Promise.all(calls.map((call) => call.then(() => 'answered', (error: unknown) => (error instanceof DriverDead ? 'dead' : String(error)))));
    await session?.detach();
    expect(ends.slice(0, 3)).toEqual(['dead', 'dead', 'dead']);
    await driven.driver.ping();
  });

  test('a message that cannot be read is told as unsupported and named without its words, and those after it come, live and read back (fault 12)', async () => {
    const customer = await meet();
    const [page] = await driven.browser.pages();
    await page?.evaluate(`window.require('WAWebCollections').Msg.on('add', (msg) => msg.body === 'Poison' && Object.defineProperty(msg, 'mentionedJidList', { get: () => { throw new Error('Poison of ${customer.number}'); } }))`);
    const [poison, after] = [customer.say(shop.address, 'Poison'), customer.say(shop.address, 'Still there?')];
    expect((await seen(after)).content).toEqual({ kind: 'text', text: 'Still there?' });
    expect((await seen(poison)).content).toEqual({ kind: 'unsupported', type: 'chat' });
    expect(driven.all('unreadable')).toEqual([{ type: 'unreadable', build: expect.stringMatching(/^2\./), what: 'a message' }]);
    const read = await driven.driver.readBack(chatWith(customer), { since: 0, limit: 10 });
    expect(read.slice(-2).map(({ key, content }) => [key.id, content.kind])).toEqual([[poison, 'unsupported'], [after, 'text']]);
    expect(driven.all('broken')).toEqual([]);
  });

  test('a page that has gone deaf is found out', async () => {
    const customer = await meet();
    expect(await driven.driver.hears()).toBe(true);
    world.setFaults({ deaf: true });
    const id = customer.say(shop.address, 'Unheard.');
    const isKept = async (): Promise<true | undefined> => ((await driven.driver.readBack(chatWith(customer), { since: 0, limit: 5 })).some(({ key }) => key.id === id) ? true : undefined);
    await waitFor(isKept, { timeoutMs: 10_000, what: 'the message in the page' });
    expect(await driven.driver.hears()).toBe(false);
    expect(driven.all('message.seen').some(({ message }) => message.key.id === id)).toBe(false);
  });
});

inOneChromium((chromium) => {
  test('in a build that has renamed a field of its keys everything goes on (fault 12)', async () => {
    const world = await openWorld({ renamedKey: true, build: '2.3000.1043220887' });
    onTestFinished(() => world.close());
    const [shop, customer] = [world.newPhone(), world.newPhone()];
    const driven = await linkDriven(world, shop, { chromium });
    onTestFinished(() => driven.close());
    const asked = customer.say(shop.address, 'Renamed?');
    const { message } = await driven.until('message.seen', (event) => event.message.key.id === asked);
    const id = newId();
    await driven.driver.send({ chat: message.key.chat, id, content: { kind: 'text', text: 'Renamed.' }, quoted: message.key, notAfter: soon() });
    await driven.driver.react(message.key, '👍');
    await driven.driver.edit({ chat: message.key.chat, fromMe: true, id }, 'Renamed!');
    await customer.untilText(shop.address, 'Renamed!');
    customer.act('message.react', { message: { chat: shop.address, id }, emoji: '❤️' });
    await driven.until('message.reacted', (event) => event.key.id === id);
    expect(driven.all('broken')).toEqual([]);
  });

  test('somebody whose other address cannot be had is written to by the one that is known (fault 12)', async () => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    const [shop, customer] = [world.newPhone(), world.newPhone()];
    const driven = await linkDriven(world, shop, { chromium });
    onTestFinished(() => driven.close());
    world.setFaults({ noLid: true });
    const asked = customer.say(shop.address, 'Who am I?');
    const { message } = await driven.until('message.seen', (event) => event.message.key.id === asked);
    const id = newId();
    await driven.driver.send({ chat: message.key.chat, id, content: { kind: 'text', text: 'You.' }, notAfter: soon() });
    expect((await customer.untilText(shop.address, 'You.')).key.id).toBe(id);
  });

  test('a ciphertext is told as one, and then as itself under the same key (fault 12)', async () => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    const [shop, customer] = [world.newPhone(), world.newPhone()];
    const driven = await linkDriven(world, shop, { chromium });
    onTestFinished(() => driven.close());
    world.setFaults({ ciphertextMs: 300 });
    const id = customer.say(shop.address, 'Decrypted later.');
    await driven.until('message.seen', ({ message }) => message.key.id === id && message.content.kind === 'undecrypted');
    await driven.until('message.seen', ({ message }) => message.key.id === id && message.content.kind === 'text');
    expect(driven.all('message.seen').filter(({ message }) => message.key.id === id)).toHaveLength(2);
  });
});
