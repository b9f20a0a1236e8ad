import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSandbox, type Sandbox } from '../context.ts';
import { ordinaryBuild } from './page-routes.ts';
import { ask } from './testing/ask.ts';
import { registration } from './testing/open-page.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await openSandbox({ port: 0, controlToken: 'a-token-for-the-tests', openPhones: true });
});
afterAll(() => sandbox.close());

const load = (path: string, headers: Record<string, string> = {}) => ask(sandbox, path, { headers: { host: 'web.whatsapp.com', ...headers } });
const optionsIn = (html: string): unknown => JSON.parse(/<script type="application\/json" id="sandbox">(.*?)<\/script>/.exec(html)?.[1] ?? '');

describe('the page', () => {
  test.each(['/', '/?post_logout=1', '/send/x'])('is one document at %s, with its script inside and its options before it', async (path) => {
    const answer = await load(path);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(optionsIn(answer.text)).toEqual({ build: ordinaryBuild, weight: 'light', renamedKey: false, lacksModules: [] });
    // One element ends for each that begins: nothing in the script ends its own.
    expect(answer.text.match(/<script/g)?.length).toBe(answer.text.match(/<\/script>/g)?.length);
    expect(answer.text).not.toContain('src=');
  });

  test('takes its build from the faults of the device whose cookie it brings', async () => {
    const network = sandbox.network('builds');
    const { account } = network.addAccount({ phone: '15550000001', name: 'Shop' });
    const { device } = network.link(account, registration, 'qr');
    network.setFaults({ device }, { build: '2.3000.1043220887', renamedKey: true, lacksModules: [] });
    expect(optionsIn((await load('/', { cookie: `device=${device}` })).text)).toMatchObject({ build: '2.3000.1043220887', renamedKey: true, lacksModules: [] });
    expect(optionsIn((await load('/')).text)).toMatchObject({ build: ordinaryBuild, renamedKey: false, lacksModules: [] });
  });

  test("has neither the phones nor the control API on WhatsApp's name", async () => {
    for (const path of ['/phones/api/accounts', '/control/ledger?network=default']) expect((await load(path)).headers['content-type']).toContain('text/html');
  });

  test('brings about four megabytes of script where it is to be heavy', async () => {
    const heavy = await load('/heavy.js');
    expect(heavy.text.length).toBeGreaterThan(4_000_000);
    expect(heavy.text.length).toBeLessThan(4_100_000);
    expect((await load('/sw.js')).headers['content-type']).toContain('javascript');
  });
});

test('an address that is none is refused', async () => {
  expect((await load('/%zz')).status).toBe(200);
  expect((await ask(sandbox, '/media/%zz', { headers: { host: 'web.whatsapp.com' } })).status).toBe(400);
});
