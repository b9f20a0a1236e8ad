import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openSandbox, type Sandbox } from '../context.ts';
import type { Network } from '../network/network.ts';
import { ask, type Answered } from './testing/ask.ts';
import { openTestPage, registration } from './testing/open-page.ts';

const bytes = Buffer.from('<script>alert(1)</script>');
const hash = createHash('sha256').update(bytes).digest('hex');
const host = 'web.whatsapp.com';

let sandbox: Sandbox;
let count = 0;

beforeAll(async () => {
  sandbox = await openSandbox({ port: 0 });
});
afterAll(() => sandbox.close());

interface Device {
  network: Network;
  device: string;
  authorization: string;
}

/** A device of a network of its own, logged in once. */
const openDevice = async (): Promise<Device> => {
  count += 1;
  const network = sandbox.network(`media ${count}`);
  const { account } = network.addAccount({ phone: '15550000001', name: 'Shop' });
  const { device, token } = network.link(account, registration, 'qr');
  const page = await openTestPage(sandbox);
  onTestFinished(page.close);
  page.say({ t: 'login', device, token, build: '2.3000.1' });
  await page.take('welcome');
  return { network, device, authorization: `Bearer ${device}:${token}` };
};

const put = (authorization: string, method: 'PUT' | 'POST' = 'PUT'): Promise<Answered> => ask(sandbox, '/media', { method, headers: { host, authorization, 'content-type': 'text/html' }, body: bytes });
const get = (authorization: string): Promise<Answered> => ask(sandbox, `/media/${hash}`, { headers: { host, authorization } });

describe('media of a linked page', () => {
  test.each(['PUT', 'POST'] as const)('sent by %s comes back as it was, but is never shown as a page', async (method) => {
    const { authorization } = await openDevice();
    expect(await put(authorization, method)).toMatchObject({ status: 201, json: { hash, mimetype: 'text/html', size: bytes.length } });
    const answer = await get(authorization);
    expect(answer).toMatchObject({ status: 200, text: bytes.toString() });
    expect(answer.headers).toMatchObject({ 'content-type': 'application/octet-stream', 'content-disposition': 'attachment', 'x-content-type-options': 'nosniff' });
  });

  test.each([
    ['text/javascript', 'application/octet-stream'],
    ['text/css', 'application/octet-stream'],
    ['image/png', 'image/png'],
    ['audio/ogg; codecs=opus', 'audio/ogg; codecs=opus'],
    ['imagetext/html', 'application/octet-stream'],
  ])('that says to be %s is served as %s', async (type, shown) => {
    const { authorization } = await openDevice();
    await ask(sandbox, '/media', { method: 'POST', headers: { host, authorization, 'content-type': type }, body: bytes });
    expect((await get(authorization)).headers['content-type']).toBe(shown);
  });

  test('is not found from another network, even by its hash', async () => {
    const [one, two] = [await openDevice(), await openDevice()];
    await put(one.authorization);
    expect((await get(two.authorization)).status).toBe(404);
  });

  test('is for nobody without a token, with a wrong one, or with that of a device that was unlinked', async () => {
    const { network, device, authorization } = await openDevice();
    await put(authorization);
    for (const wrong of ['', 'Bearer x', `Bearer ${device}:no`, `${authorization}x`]) expect((await get(wrong)).status, wrong).toBe(401);
    network.expel(device, 'logged_out');
    expect((await get(authorization)).status).toBe(401);
    expect((await put(authorization)).status).toBe(401);
  });

  test('has no address but its hash', async () => {
    const { authorization } = await openDevice();
    for (const path of ['/media/..%2f..%2fetc%2fpasswd', `/media/${hash.toUpperCase()}`, '/media/x']) expect((await ask(sandbox, path, { headers: { host, authorization } })).status, path).toBe(404);
  });
});

describe('the media fault', () => {
  test.each(['404', '410', '500'] as const)('answers %s to uploads and downloads', async (media) => {
    const { network, device, authorization } = await openDevice();
    await put(authorization);
    network.setFaults({ device }, { media });
    expect((await get(authorization)).status).toBe(Number(media));
    expect((await put(authorization)).status).toBe(Number(media));
    network.clearFaults({ device });
    expect((await get(authorization)).status).toBe(200);
  });
});

test('a picture is fetched by its id alone, small or large', async () => {
  const { network } = await openDevice();
  const account = network.accounts()[0]?.account ?? '';
  const jpeg = (text: string): string => Buffer.from(text).toString('base64');
  network.perform({ account, by: 'phone' }, 'picture.set', { of: `${account}@lid`, small: jpeg('small'), large: jpeg('large') });
  const url = network.view(account).pictureUrl ?? '';
  expect(url).toMatch(/^\/pictures\/[\w-]{43}$/);
  expect(await ask(sandbox, url, { headers: { host } })).toMatchObject({ status: 200, text: 'large' });
  expect(await ask(sandbox, `${url}?size=small`, { headers: { host } })).toMatchObject({ status: 200, text: 'small' });
  expect((await ask(sandbox, `${url}x`, { headers: { host } })).status).toBe(404);
});
