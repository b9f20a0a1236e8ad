import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { openControlClient } from '@waxos/sandbox/server/control-client';
import { bareEnvironment } from '../config.ts';
import { spawnSandbox } from './spawn-sandbox.ts';

const token = 'a-token-for-the-tests';

test('a sandbox of its own process answers with the certificate that it told, and ends when it is asked to', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'waxos-sandbox-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const environment = { ...bareEnvironment(), SANDBOX_PORT: '0', SANDBOX_DATA_DIR: folder, SANDBOX_CONTROL_TOKEN: token };
  const sandbox = await spawnSandbox({ environment, onLine: () => undefined });
  const client = openControlClient({ url: sandbox.url, token, certificate: sandbox.certificate });
  expect(await client.call('networks.list', {})).toEqual([]);
  expect(new X509Certificate(sandbox.certificate).subject).toBe('CN=Waxos sandbox');
  client.close();
  await sandbox.stop();
  expect(await sandbox.ended).toBe('exit code 0');
});

test('one that cannot have its port is a bad start, told in a sentence', async () => {
  const other = createServer();
  const port = await new Promise<number>((resolve) => other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port)));
  onTestFinished(() => new Promise<void>((resolve) => other.close(() => resolve())));
  const environment = { ...bareEnvironment(), SANDBOX_PORT: String(port) };
  await expect(spawnSandbox({ environment, onLine: () => undefined })).rejects.toThrow(`Port ${port} is taken. Stop what uses it, or set SANDBOX_PORT to another one. (The sandbox ended with exit code 1.)`);
});
