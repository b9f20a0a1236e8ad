import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestDatabase, type TestDatabase } from '@waxos/standalone/testing/database';
import { waitFor } from '@waxos/process/poll';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePort } from './free-port.ts';
import { runGateway } from './run-gateway.ts';

let database: TestDatabase;
let env: Record<string, string>;

beforeAll(async () => {
  database = await openTestDatabase();
  env = { DATABASE_APP_URL: database.appUrl, DATABASE_SYSTEM_URL: database.systemUrl, SECRET_KEY: 'k'.repeat(43), SERVE_WEB: 'false', PUBLIC_URL: 'http://waxos.test', OBJECT_STORE_DIR: join(tmpdir(), 'waxos-test-objects') };
});
afterAll(() => database.close());

/** A request whose body is still on its way: so the answer is in the sender's hand. */
const beginRequest = async (port: number) => {
  const body = JSON.stringify({ email: 'nobody@example.com', password: 'a guess' });
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  await once(socket, 'connect');
  socket.write(`POST /trpc/auth.signIn HTTP/1.1\r\nhost: waxos.test\r\norigin: http://waxos.test\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 10)}`);
  // Once this is answered, what came before it has been read.
  expect((await fetch(`http://127.0.0.1:${port}/readyz`, { headers: { connection: 'close' } })).status).toBe(200);
  return { closed: once(socket, 'close'), finish: () => socket.write(body.slice(10)), answer: () => answer };
};

const isRefused = async (port: number): Promise<true | undefined> => {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return undefined;
  } catch {
    // Nobody listens any more.
    return true;
  } finally {
    socket.destroy();
  }
};

test.each(['SIGTERM', 'SIGINT'] as const)('told to stop by %s, it takes no new request, finishes the one under way and ends with 0', async (name) => {
  const port = await findFreePort();
  const gateway = runGateway({ ...env, PORT: String(port) });
  await gateway.isUp();
  const request = await beginRequest(port);

  gateway.signal(name);

  await waitFor(() => isRefused(port), { timeoutMs: 10_000, what: 'the port to be closed' });
  expect(request.answer()).toBe('');
  request.finish();
  expect(await gateway.ended, gateway.printed()).toBe(0);
  await request.closed;
  expect(request.answer()).toMatch(/^HTTP\/1\.1 401 /);
  expect(request.answer()).toContain('WRONG_CREDENTIALS');
});

test('a second signal while it drains ends it at once', async () => {
  const port = await findFreePort();
  const gateway = runGateway({ ...env, PORT: String(port) });
  await gateway.isUp();
  const request = await beginRequest(port);
  gateway.signal('SIGTERM');
  await waitFor(() => isRefused(port), { timeoutMs: 10_000, what: 'the port to be closed' });
  gateway.signal('SIGTERM');
  expect(await gateway.ended).toBe(1);
  await request.closed;
});

test('every problem of the environment is told at once, a line each, by its name and with an example, and it ends with 1', async () => {
  const gateway = runGateway({ PORT: 'http', PUBLIC_URL: 'inbox.example.com', DATABASE_SYSTEM_URL: 'mysql://x', SECRET_KEY: 'short', SIGN_UP: 'maybe', LOG_LEVEL: 'loud', SERVE_WEB: '1' });
  expect(await gateway.ended).toBe(1);
  const lines = gateway.printed().trim().split('\n');
  expect(lines.map((line) => line.split(' ')[0] ?? '').toSorted()).toEqual(['DATABASE_APP_URL', 'DATABASE_SYSTEM_URL', 'LOG_LEVEL', 'PORT', 'PUBLIC_URL', 'SECRET_KEY', 'SERVE_WEB', 'SIGN_UP']);
  for (const line of lines) expect(line).toMatch(/^[A-Z_]+ (is|must) .+\. Example: [A-Z_]+=\S+$/);
  expect(gateway.printed()).not.toMatch(/mysql:\/\/x|short\b|at .*\.ts/);
});

test('in production the published example of a secret and a missing public address are refused', async () => {
  const { PUBLIC_URL: _left, ...rest } = env;
  const gateway = runGateway({ ...rest, NODE_ENV: 'production', SECRET_KEY: 'VGhpcyBpcyBhbiBleGFtcGxlLCBtYWtlIHlvdXIgb3duIQ==' });
  expect(await gateway.ended).toBe(1);
  expect(gateway.printed()).toMatch(/PUBLIC_URL is missing in production/);
  expect(gateway.printed()).toMatch(/SECRET_KEY is still the published example/);
});

test.each(['PORT', 'METRICS_PORT'])('a %s that is taken gets one sentence, and it ends with 1', async (variable) => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const gateway = runGateway({ ...env, PORT: '0', [variable]: String(port) });
  expect(await gateway.ended).toBe(1);
  expect(gateway.printed()).toBe(`Port ${port} is taken. Stop what uses it, or set ${variable} to another one.\n`);
  taken.close();
  await once(taken, 'close');
});

test('what it prints at its start holds no secret', async () => {
  const port = await findFreePort();
  const gateway = runGateway({ ...env, PORT: String(port), SMTP_URL: 'smtp://user:mail-secret@127.0.0.1:1' });
  await gateway.isUp();
  gateway.signal('SIGTERM');
  expect(await gateway.ended).toBe(0);
  for (const secret of [env.SECRET_KEY ?? '', 'mail-secret', new URL(database.appUrl).password, new URL(database.systemUrl).password]) expect(gateway.printed()).not.toContain(secret);
});
