import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { waitFor } from '@waxos/process/poll';
import { expect, onTestFinished, test } from 'vitest';
import { openBareDevice } from '../driver/open-bare-device.ts';
import { openControlClient, type ControlClient } from './control-client.ts';

const token = 'a-token-for-the-tests';
const program = fileURLToPath(new URL('../main.ts', import.meta.url));
const network = 'shop';

interface Started {
  child: ChildProcess;
  url: string;
  certificate: string;
  client: ControlClient;
}

const start = async (folder: string): Promise<Started> => {
  const child = spawn(process.execPath, [program], { env: { SANDBOX_PORT: '0', SANDBOX_DATA_DIR: folder, SANDBOX_CONTROL_TOKEN: token }, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as { msg: string; url: string; certificate: string };
    if (said.msg !== 'sandbox.listening') continue;
    const { url, certificate } = said;
    const client = openControlClient({ url, token, certificate });
    onTestFinished(client.close);
    return { child, url, certificate, client };
  }
  throw new Error('the sandbox ended before it listened');
};

test('a sandbox that is killed in the middle of its work has lost nothing that anybody was told', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-killed-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { child, url, certificate, client } = await start(folder);
  const [shop, customer] = [await client.call('accounts.add', { network, account: { name: 'Shop' } }), await client.call('accounts.add', { network, account: { name: 'Customer' } })];
  const told = new Set<string>();
  const device = await openBareDevice({
    url,
    certificate,
    scan: (qr) => client.perform(network, { account: shop.account, by: 'phone' }, { name: 'device.scan', args: { qr } }),
    onStanza: (stanza) => void (stanza.s === 'message' && stanza.message.content.kind === 'text' && told.add(stanza.message.key.id)),
  });
  const content = { kind: 'text', text: 'Hello' } as const;
  let isOver = false;
  const write = async (send: () => Promise<{ id: string }>): Promise<void> => {
    while (!isOver) await send().then(({ id }) => told.add(id), () => (isOver = true));
  };
  const writing = [
    ...Array.from({ length: 8 }, () => write(() => client.perform(network, { account: customer.account, by: 'phone' }, { name: 'message.send', args: { chat: `${shop.phone}@c.us`, content } }))),
    ...Array.from({ length: 8 }, () => write(() => device.act('message.send', { chat: `${customer.phone}@c.us`, content }))),
  ];
  await waitFor(() => (told.size > 400 ? true : undefined), { timeoutMs: 20_000, what: 'messages' });
  child.kill('SIGKILL');
  await once(child, 'close');
  await Promise.all(writing);
  await device.close();

  const again = await start(folder);
  const size = await again.client.call('ledger.size', { network });
  const kept = new Set<string>();
  for (let from = 1; from <= size; from += 1_000) for (const entry of await again.client.call('ledger.read', { network, from, limit: 1_000 })) if (entry.e === 'message.sent') kept.add(entry.id);
  expect([...told].filter((id) => !kept.has(id))).toEqual([]);
  expect(await again.client.call('devices.list', { network })).toMatchObject([{ device: device.device, connected: false }]);
}, 60_000);
