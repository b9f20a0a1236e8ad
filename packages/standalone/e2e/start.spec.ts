import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { waitFor } from '@waxos/process/poll';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { signInOutput } from '@waxos/contract/accounts';
import { bareEnvironment, checkoutDir } from '../src/config.ts';
import { openPageCaller } from '../src/demos/page-caller.ts';
import { choosePort } from '../src/start/choose-port.ts';
import { isListening, launchStart, listProcessesOf, pressCtrlC, type LaunchedStart } from '../src/testing/launched-start.ts';

let dataDir = '';
let port = 0;
let launched: LaunchedStart[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'waxos-start-'));
  port = await choosePort({ host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  for (const { child, ended } of launched) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
  }
  launched = [];
  await untilNothingIsLeft();
  await rm(dataDir, { recursive: true, force: true });
});

const start = (environment: Record<string, string> = {}, verb: 'start' | 'dev' = 'start'): LaunchedStart => {
  const one = launchStart({ DATA_DIR: dataDir, PORT: String(port), ...environment }, verb);
  launched.push(one);
  return one;
};

const untilNothingIsLeft = () =>
  waitFor(async () => ((await listProcessesOf(dataDir)).length === 0 && !(await isListening(port)) ? true : undefined), { timeoutMs: 30_000, what: `every process of ${dataDir} to be gone` });

/** The sign-in that a start prints. */
const printedSignIn = ({ output }: LaunchedStart) => {
  const [, email, password] = /Sign in as (\S+) with the password (\S+)/.exec(output.out) ?? [];
  return { email, password };
};

const signIn = async (credentials: ReturnType<typeof printedSignIn>) => {
  const page = openPageCaller(`http://127.0.0.1:${port}`, `http://localhost:${port}`);
  return signInOutput.parse(await page.mutate('auth.signIn', credentials));
};

/** The phones of the first workspace of who signs in, as their browser asks for them. */
const openPhones = async (credentials: ReturnType<typeof printedSignIn>) => {
  const [at, origin] = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
  const signedIn = await fetch(`${at}/trpc/auth.signIn`, { method: 'POST', headers: { origin, 'content-type': 'application/json' }, body: JSON.stringify(credentials) });
  const cookie = signedIn.headers.getSetCookie().map((text) => text.split(';')[0]).join('; ');
  const page = await fetch(`${at}/sandbox`, { headers: { cookie } });
  expect(await page.text()).toContain('Pretend phones');
  const ask = (path: string, body?: unknown) =>
    fetch(new URL(`api/${path}`, page.url), { headers: { cookie, origin, 'content-type': 'application/json' }, ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }) });
  const names = async (): Promise<string[]> => ((await (await ask('accounts')).json()) as { accounts: { name: string }[] }).accounts.map(({ name }) => name);
  return { ask, names };
};

/** As it said itself in its log. */
const pidIn = async (log: string, said: string): Promise<number> => {
  const lines = (await readFile(join(dataDir, 'logs', log), 'utf8')).split('\n').filter((line) => line.includes(`"${said}"`));
  return (JSON.parse(lines.at(-1) ?? '{}') as { pid: number }).pid;
};

const expectRefusal = async (one: LaunchedStart, sentence: RegExp) => {
  expect(await one.ended).toBe(1);
  await waitFor(() => (one.output.err.endsWith('\n') ? true : undefined), { timeoutMs: 5000, what: 'the sentence' });
  expect(one.output.err.trimEnd()).toMatch(sentence);
  expect(one.output.err.trimEnd()).not.toContain('\n');
  await untilNothingIsLeft();
};

test('a start serves the page and a sign-in that works, Ctrl-C leaves nothing, and the next start has the same data', async () => {
  const first = start();
  await first.untilUp();
  const page = await fetch(`http://127.0.0.1:${port}/`);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(await page.text()).toContain('<div id="root"');
  const credentials = printedSignIn(first);
  expect(await signIn(credentials)).toEqual({ next: 'done' });
  pressCtrlC(first);
  expect(await first.ended).toBe(0);
  expect(first.output.out).toMatch(/Stopped\.\n$/);
  expect(first.output.err).toBe('');
  await untilNothingIsLeft();
  const second = start();
  await second.untilUp();
  expect(printedSignIn(second)).toEqual(credentials);
  expect(await signIn(credentials)).toEqual({ next: 'done' });
});

test('a launcher that is killed with -9 takes everything along, and a start after that goes on', async () => {
  const first = start({ SEED_DEMO: 'false' });
  await first.untilUp();
  first.child.kill('SIGKILL');
  expect(await first.ended).toBe('SIGKILL');
  await untilNothingIsLeft();
  const second = start({ SEED_DEMO: 'false' });
  await second.untilUp();
  expect(await isListening(port)).toBe(true);
});

test('the pretend phones of a workspace are there again after the sandbox was killed, and after the next start', async () => {
  const first = start();
  await first.untilUp();
  const before = await openPhones(printedSignIn(first));
  expect((await before.ask('accounts', { name: 'Harbour Café' })).status).toBe(201);
  process.kill(await pidIn('sandbox.log', 'sandbox.listening'), 'SIGKILL');
  await waitFor(() => (first.output.out.includes('The sandbox answers again.') ? true : undefined), { timeoutMs: 30_000, what: 'the sandbox to be back' });
  expect(await before.names()).toEqual(['Harbour Café']);
  pressCtrlC(first);
  await first.ended;
  const second = start();
  await second.untilUp();
  expect(await (await openPhones(printedSignIn(second))).names()).toEqual(['Harbour Café']);
});

test('a session node runs beside and is linked, also after it was killed and in the next start, and nothing of it is left behind', async () => {
  const first = start({ SESSION_NODE: 'true', SEED_DEMO: 'false' });
  await first.untilUp();
  expect(first.output.out).toContain('The session node is linked');
  const { stdout } = await promisify(execFile)(process.execPath, [join(checkoutDir, 'packages', 'standalone', 'src', 'main.ts'), 'farm', 'status'], { env: { ...bareEnvironment(), DATA_DIR: dataDir } });
  expect(stdout).toMatch(/^local: linked, ready, 0 devices/);
  process.kill(await pidIn('node.log', 'node.ready'), 'SIGKILL');
  await waitFor(() => (first.output.out.includes('The session node answers again.') ? true : undefined), { timeoutMs: 60_000, what: 'the node to be back' });
  pressCtrlC(first);
  expect(await first.ended).toBe(0);
  await untilNothingIsLeft();
  const second = start({ SESSION_NODE: 'true', SEED_DEMO: 'false' });
  await second.untilUp();
  expect(second.output.out).toContain('The session node is linked');
  expect(second.output.err).toBe('');
});

test('npm run dev serves the page from its sources with the gateway behind it, and Ctrl-C leaves nothing', async () => {
  const dev = start({}, 'dev');
  await dev.untilUp();
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain('/@vite/client');
  expect(await signIn(printedSignIn(dev))).toEqual({ next: 'done' });
  pressCtrlC(dev);
  expect(await dev.ended).toBe(0);
  await untilNothingIsLeft();
});

test('a second start on the same folder is refused while the first runs', async () => {
  const first = start({ SEED_DEMO: 'false' });
  await first.untilUp();
  const second = start({ PORT: '0' });
  expect(await second.ended).toBe(1);
  expect(second.output.err).toMatch(/^Waxos runs already from \S+ \(pid \d+\): stop it first, or set DATA_DIR to another folder\.\n$/);
  expect(await isListening(port)).toBe(true);
});

test('a taken port is refused', async () => {
  const other = await new Promise<Server>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  });
  const address = other.address();
  const taken = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    await expectRefusal(start({ PORT: String(taken) }), new RegExp(`^Port ${taken} is taken: stop what uses it, or start with PORT=${taken + 1} npm start\\.$`));
  } finally {
    await new Promise((resolve) => other.close(resolve));
  }
});

test('production without a secret key is refused', async () => {
  await expectRefusal(start({ NODE_ENV: 'production', PUBLIC_URL: 'https://inbox.example.com' }), /^SECRET_KEY is missing, and production makes none up: .*\.$/);
});

test('a folder that cannot be written is refused', async () => {
  await expectRefusal(start({ DATA_DIR: '/proc/waxos' }), /^The folder \/proc\/waxos cannot be made there: set DATA_DIR to another\.$/);
});

test('a DATABASE_URL that leads nowhere is refused without its password', async () => {
  const refused = start({ DATABASE_URL: 'postgres://waxos_owner:hunter2@127.0.0.1:1/waxos' });
  await expectRefusal(refused, /^DATABASE_URL leads nowhere: nothing listens at 127\.0\.0\.1:1\.$/);
  expect(refused.output.err).not.toContain('hunter2');
});

test('a database that is newer than the program is refused and left alone', async () => {
  const first = start({ SEED_DEMO: 'false' });
  await first.untilUp();
  const { ownerPassword } = JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')) as { ownerPassword: string };
  const sql = postgres(`postgres://waxos_owner:${ownerPassword}@127.0.0.1:${await portOfPostgres()}/waxos`, { max: 1 });
  await sql`insert into migrations (number, name, hash) values (9999, '9999_from_the_future.sql', 'x')`;
  await sql.end();
  pressCtrlC(first);
  expect(await first.ended).toBe(0);
  await expectRefusal(start(), /^The database is newer than this program \(it has migration 9999_from_the_future\.sql\)\. .*\.$/);
});

const portOfPostgres = async (): Promise<string> => {
  const [, logged] = /listening on IPv4 address "127\.0\.0\.1", port (\d+)/.exec((await readFile(join(dataDir, 'logs', 'postgres.log'), 'utf8'))) ?? [];
  if (logged === undefined) throw new Error('PostgreSQL has not said where it listens');
  return logged;
};
