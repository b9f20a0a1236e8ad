import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { waitFor } from '@waxos/process/poll';
import type { MessageKey } from '@waxos/contract/node-link/identities';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestGateway, type TestGateway } from '../testing/test-gateway.ts';
import { openMedia, type Media, type MediaOptions } from './open-media.ts';

const key: MessageKey = { chat: { kind: 'person', person: { phone: '4915510000001' } }, fromMe: false, id: 'AAAA' };

let gateway: TestGateway;
let media: Media;

beforeEach(async () => {
  gateway = await openTestGateway();
});
afterEach(async () => {
  media.close();
  await gateway.close();
});

const open = (options: Partial<MediaOptions> = {}): void => {
  media = openMedia({ gatewayUrl: gateway.url, token: gateway.token, ...options });
};
const upload = (bytes: Buffer | Readable, device = randomUUID()) => media.upload({ device, epoch: 3, of: { what: 'media', key }, mimetype: 'image/jpeg', bytes: bytes instanceof Readable ? bytes : Readable.from([bytes]) });

test('bytes reach the gateway whole, under their device, epoch and key', async () => {
  open();
  const bytes = Buffer.alloc(3_000_000, 'a picture');
  const device = randomUUID();
  expect(await upload(bytes, device)).toBe('stored');
  const [[path, stored] = []] = gateway.media.stored;
  const url = new URL(path ?? '', gateway.url);
  expect(url.pathname).toBe(`/nodes/uploads/${device}`);
  expect(url.searchParams.get('epoch')).toBe('3');
  expect(JSON.parse(Buffer.from(url.searchParams.get('of') ?? '', 'base64url').toString())).toEqual({ what: 'media', key });
  expect(stored?.mimetype).toBe('image/jpeg');
  expect(stored?.bytes.equals(bytes)).toBe(true);
});

test('what is too large is not sent to its end, whoever notices', async () => {
  open({ bytesMax: 1_000_000 });
  const endless = Readable.from(
    (function* () {
      for (;;) yield Buffer.alloc(100_000);
    })(),
  );
  expect(await upload(endless)).toBe('too_large');
  expect(endless.destroyed).toBe(true);
  gateway.media.answerWith(413);
  expect(await upload(Buffer.alloc(10))).toBe('too_large');
  expect(gateway.media.stored.size).toBe(0);
});

test('a gateway that fails, hangs or is gone leaves the bytes for later', async () => {
  open({ deadlineMs: 100 });
  gateway.media.answerWith(503);
  expect(await upload(Buffer.alloc(10))).toBe('later');
  gateway.media.answerWith(201);
  const release = gateway.media.hold();
  expect(await upload(Buffer.alloc(10))).toBe('later');
  release();
  gateway.cut();
  media.close();
  media = openMedia({ gatewayUrl: 'http://127.0.0.1:1', token: 'x' });
  expect(await upload(Buffer.alloc(10))).toBe('later');
});

test('a source that fails in the middle stores nothing', async () => {
  open();
  const broken = Readable.from(
    (function* () {
      yield Buffer.alloc(1_000);
      throw new Error('the page is gone');
    })(),
  );
  expect(await upload(broken)).toBe('later');
  expect(gateway.media.stored.size).toBe(0);
});

test('only so many are under way at a time', async () => {
  open({ atATime: 2 });
  const release = gateway.media.hold();
  const uploads = Array.from({ length: 6 }, () => upload(Buffer.alloc(10)));
  await waitFor(() => (gateway.media.underWay() === 2 ? true : undefined), { timeoutMs: 5_000, what: 'two uploads' });
  expect(gateway.media.underWay()).toBe(2);
  release();
  expect(await Promise.all(uploads)).toEqual(Array.from({ length: 6 }, () => 'stored'));
});

test('bytes to send are fetched, and the token is shown to the gateway alone', async () => {
  open({ bytesMax: 1_000 });
  expect(Buffer.from(await media.download(gateway.media.offer('one', Buffer.from('a file')))).toString()).toBe('a file');
  await expect(media.download('http://127.0.0.1:1/nodes/media/one')).rejects.toThrow('from the gateway only');
  await expect(media.download('/nodes/media/none')).rejects.toThrow('404');
  await expect(media.download(gateway.media.offer('large', Buffer.alloc(2_000)))).rejects.toThrow('too large');
});
