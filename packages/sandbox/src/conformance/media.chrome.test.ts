import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@waxos/process/poll';
import { expect, onTestFinished, test } from 'vitest';
import whatsapp, { type MessageMedia } from 'whatsapp-web.js';
import { asMedia, clip, leaflet, picture, tone, voice, type Sample } from './testing/samples.ts';
import { receive, untilKind, untilTold } from './testing/talk.ts';
import { inEachChromium } from './testing/test-chromium.ts';
import { useShop } from './testing/use-shop.ts';

const hashOf = ({ bytes }: Sample): string => createHash('sha256').update(bytes).digest('hex');
const bytesOf = (media: MessageMedia | undefined): Buffer => Buffer.from(media?.data ?? '', 'base64');

inEachChromium((chromium) => {
  const shop = useShop(chromium);

  test('a picture and a video that a customer sends are downloaded byte for byte, with their captions', async () => {
    const customer = shop.customer();
    for (const [kind, sample] of [['image', picture([200, 40, 40])], ['video', clip()]] as const) {
      const message = await receive(shop, customer, { kind, media: await shop.world.upload(sample), caption: `My ${kind}` });
      expect(message).toMatchObject({ type: kind, hasMedia: true, body: `My ${kind}`, isGif: false });
      const media = await message.downloadMedia();
      expect(bytesOf(media).equals(sample.bytes)).toBe(true);
      expect(media.mimetype).toBe(sample.mimetype);
    }
  });

  test('a document that a customer sends keeps its name and its bytes', async () => {
    const message = await receive(shop, shop.customer(), { kind: 'document', media: { ...(await shop.world.upload(leaflet())), filename: 'price list.pdf' }, caption: 'Yours?' });
    expect(message).toMatchObject({ type: 'document', hasMedia: true, body: 'Yours?' });
    const media = await message.downloadMedia();
    expect(media).toMatchObject({ filename: 'price list.pdf', mimetype: 'application/pdf', filesize: leaflet().bytes.length });
    expect(bytesOf(media).equals(leaflet().bytes)).toBe(true);
  });

  test('a voice note that a customer sends is one, with its length, and a recording is not', async () => {
    const customer = shop.customer();
    const note = await receive(shop, customer, { kind: 'voice', media: { ...(await shop.world.upload(voice())), seconds: 7, waveform: Array.from({ length: 64 }, (_, index) => index) } });
    expect(note).toMatchObject({ type: 'ptt', hasMedia: true });
    expect(Number(note.duration)).toBe(7);
    expect(bytesOf(await note.downloadMedia()).equals(voice().bytes)).toBe(true);
    const recording = await receive(shop, customer, { kind: 'audio', media: await shop.world.upload(tone()) });
    expect(recording).toMatchObject({ type: 'audio', hasMedia: true });
    expect(bytesOf(await recording.downloadMedia()).equals(tone().bytes)).toBe(true);
  });

  test('a picture that the client sends is on the customer’s phone with its caption and its size', async () => {
    const customer = shop.customer();
    const sample = picture([10, 90, 200]);
    const sent = await shop.client.sendMessage(customer.address, asMedia(sample), { caption: 'This one.' });
    const { content, key } = await untilKind(shop, customer, 'image');
    expect(content).toMatchObject({ caption: 'This one.', media: { width: 48, height: 32 } });
    expect(content.viewOnce ?? false).toBe(false);
    expect(key.id).toBe(sent.id.id);
    const [uploaded] = await shop.ear.until('media_uploaded', ({ id }) => id.id === sent.id.id);
    expect(uploaded.hasMedia).toBe(true);
    expect(bytesOf(await sent.downloadMedia()).length).toBeGreaterThan(0);
    expect(await shop.world.bytesOf(content.media.hash)).toHaveLength(content.media.size);
  });

  test('a video that the client sends arrives as a video, and as a GIF where it is told so', async () => {
    const customer = shop.customer();
    await shop.client.sendMessage(customer.address, asMedia(clip()), { caption: 'Moving.' });
    const { content } = await untilKind(shop, customer, 'video');
    expect(content).toMatchObject({ caption: 'Moving.', media: { hash: hashOf(clip()) } });
    const other = shop.customer();
    const sent = await shop.client.sendMessage(other.address, asMedia(clip()), { sendVideoAsGif: true });
    expect((await untilKind(shop, other, 'video')).content.gif).toBe(true);
    expect(sent.isGif).toBe(true);
  });

  test('audio is sent as a recording, or as a voice note with its waveform', async () => {
    const customer = shop.customer();
    await shop.client.sendMessage(customer.address, asMedia(tone()));
    expect((await untilKind(shop, customer, 'audio')).content.media.hash).toBe(hashOf(tone()));
    const sent = await shop.client.sendMessage(customer.address, asMedia(voice()), { sendAudioAsVoice: true });
    expect(sent.type).toBe('ptt');
    const { content } = await untilKind(shop, customer, 'voice');
    expect(content.media.hash).toBe(hashOf(voice()));
    expect(content.media.waveform).toHaveLength(64);
  });

  test('a document is sent under its name, also a picture that is to go as a document', async () => {
    const customer = shop.customer();
    await shop.client.sendMessage(customer.address, asMedia(leaflet()), { caption: 'Our prices.' });
    expect((await untilKind(shop, customer, 'document')).content).toMatchObject({ caption: 'Our prices.', media: { hash: hashOf(leaflet()), filename: 'price list.pdf', mimetype: 'application/pdf' } });
    const other = shop.customer();
    await shop.client.sendMessage(other.address, asMedia(picture([1, 2, 3])), { sendMediaAsDocument: true });
    expect((await untilKind(shop, other, 'document')).content.media).toMatchObject({ hash: hashOf(picture([1, 2, 3])), filename: 'shelf.png' });
  });

  test('a picture is sent as a sticker, turned to WebP, and a customer’s sticker is one', async () => {
    const customer = shop.customer();
    const sent = await shop.client.sendMessage(customer.address, asMedia(picture([90, 200, 20])), { sendMediaAsSticker: true, stickerName: 'Shelf', stickerAuthor: 'The shop' });
    expect(sent.type).toBe('sticker');
    const { content } = await untilKind(shop, customer, 'sticker');
    expect(content.media.mimetype).toBe('image/webp');
    const bytes = await shop.world.bytesOf(content.media.hash);
    expect(bytes.subarray(8, 12).toString()).toBe('WEBP');
    const message = await receive(shop, customer, { kind: 'sticker', media: content.media });
    expect(message).toMatchObject({ type: 'sticker', hasMedia: true });
    expect(bytesOf(await message.downloadMedia()).equals(bytes)).toBe(true);
  });

  test('a file on disk is sent by its path', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'waxos-file-'));
    onTestFinished(() => rm(dir, { recursive: true, force: true }));
    await writeFile(join(dir, 'offer.pdf'), leaflet().bytes);
    const customer = shop.customer();
    await shop.client.sendMessage(customer.address, whatsapp.MessageMedia.fromFilePath(join(dir, 'offer.pdf')));
    expect((await untilKind(shop, customer, 'document')).content.media).toMatchObject({ hash: hashOf(leaflet()), filename: 'offer.pdf' });
  });

  test('a picture for one look is marked so, both ways', async () => {
    const customer = shop.customer();
    const message = await receive(shop, customer, { kind: 'image', media: await shop.world.upload(picture([5, 5, 5])), viewOnce: true });
    expect(message.rawData).toMatchObject({ isViewOnce: true });
    await shop.client.sendMessage(customer.address, asMedia(picture([6, 6, 6])), { isViewOnce: true });
    const seen = await customer.until(shop.phone.address, ({ content, key }) => content.kind === 'image' && !key.fromMe, 'the picture from the shop');
    expect(seen.content).toMatchObject({ viewOnce: true });
  });

  test('an album comes as its head and its pictures, which name it', async () => {
    const customer = shop.customer();
    const head = customer.send(shop.phone.address, { kind: 'album', images: 2, videos: 0 });
    const media = await Promise.all([picture([11, 0, 0]), picture([12, 0, 0])].map((sample) => shop.world.upload(sample)));
    const ids = media.map((one) => customer.send(shop.phone.address, { kind: 'image', media: one, album: head }));
    expect(await untilTold(shop, head)).toMatchObject({ type: 'album', from: customer.address });
    for (const id of ids) {
      const message = await untilTold(shop, id);
      expect(message.type).toBe('image');
      expect(JSON.stringify(message.rawData)).toContain(head);
    }
  });

  test('media that WhatsApp no longer has comes as undefined, and is there again when it is (upstream #4010)', async () => {
    const customer = shop.customer();
    const sample = picture([70, 70, 71]);
    shop.world.setFaults({ media: '404' });
    const message = await receive(shop, customer, { kind: 'image', media: await shop.world.upload(sample) });
    expect(await message.downloadMedia()).toBeUndefined();
    shop.world.clearFaults();
    expect(bytesOf(await message.downloadMedia()).equals(sample.bytes)).toBe(true);
  });

  test('media that have expired are uploaded once more by the phone when the page asks, at once or when it is online again', async () => {
    const [customer, sample] = [shop.customer(), picture([71, 70, 71])];
    shop.world.setFaults({ media: 'expired' });
    const message = await receive(shop, customer, { kind: 'image', media: await shop.world.upload(sample) });
    shop.phone.act('phone.online', { online: false });
    const stage = `window.require('WAWebCollections').Msg.get('${message.id._serialized}')`;
    await shop.device.ask(`${stage}.downloadMedia({ downloadEvenIfExpensive: true, rmrReason: 1 })`);
    expect(await shop.device.ask(`${stage}.mediaData.mediaStage`)).toBe('REUPLOADING');
    // The library gives nothing meanwhile.
    expect(await message.downloadMedia()).toBeUndefined();
    shop.phone.act('phone.online', { online: true });
    await waitFor(async () => ((await shop.device.ask(`${stage}.mediaData.mediaStage`)) === 'RESOLVED' ? true : undefined), { timeoutMs: 5_000, what: 'the file to be uploaded once more' });
    expect(bytesOf(await message.downloadMedia()).equals(sample.bytes)).toBe(true);
    expect(shop.world.ledger('media.reuploaded', ({ id }) => id === message.id.id)).toHaveLength(1);
  });

  test('a download that hangs leaves its call open, and no other (upstream #4012)', async () => {
    const customer = shop.customer();
    const sample = picture([80, 80, 81]);
    shop.world.setFaults({ media: 'hangs' });
    const message = await receive(shop, customer, { kind: 'image', media: await shop.world.upload(sample) });
    const state = { settled: false };
    message.downloadMedia().then(
      () => (state.settled = true),
      // Ended with the browser.
      () => (state.settled = true),
    );
    // Other calls go on meanwhile, and a text sent after it arrives.
    await receive(shop, customer, 'Did you get it?');
    shop.world.clearFaults();
    const other = await receive(shop, customer, { kind: 'image', media: await shop.world.upload(picture([80, 80, 82])) });
    expect(bytesOf(await other.downloadMedia()).equals(picture([80, 80, 82]).bytes)).toBe(true);
    expect(state.settled).toBe(false);
  });
});
