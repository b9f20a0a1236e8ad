import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@waxos/process/poll';
import { expect, onTestFinished, test } from 'vitest';
import { listProcesses } from './testing/device.ts';
import { inEachChromium, type TestChromium } from './testing/test-chromium.ts';
import { openWorld, type World } from './testing/world.ts';

const untilNone = (dir: string): Promise<true> => waitFor(async () => ((await listProcesses(dir)).length === 0 ? true : undefined), { timeoutMs: 10_000, what: 'the browser to be gone' });

const killAll = async (dir: string): Promise<void> => {
  for (const pid of await listProcesses(dir)) process.kill(pid, 'SIGKILL');
  await untilNone(dir);
};

const enter = async (): Promise<World> => {
  const world = await openWorld();
  onTestFinished(() => world.close());
  return world;
};

const makeDir = async (): Promise<string> => {
  const dir = await mkdtemp(join(tmpdir(), 'waxos-host-'));
  onTestFinished(async () => {
    await killAll(dir);
    await rm(dir, { recursive: true, force: true });
  });
  return dir;
};

interface Host {
  child: ChildProcess;
  said: () => string;
  errors: () => string;
}

/** The library in a process of its own, with nothing around it. */
const openHost = (world: World, chromium: TestChromium, told: { dir: string; pipe: boolean; next: 'wait' | 'navigate' }): Host => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'testing', 'bare-host.ts')], { stdio: ['pipe', 'pipe', 'pipe'], env: chromium.env });
  let [said, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (said += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (errors += text));
  child.stdin.end(`${JSON.stringify({ ...told, executablePath: chromium.executablePath, headless: chromium.kind === 'headless shell' ? 'shell' : true, args: world.chromiumArguments, env: chromium.env })}\n`);
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, said: () => said, errors: () => errors };
};

const untilSaid = ({ said, errors }: Host, text: string): Promise<true> =>
  waitFor(() => (said().includes(text) ? true : undefined), { timeoutMs: 20_000, what: `'${text}' from the host` }).catch((error: unknown) => {
    throw new Error(`${String(error)}; it said ${said()} ${errors()}`, { cause: error });
  });

inEachChromium((chromium) => {
  test('a failure after a navigation is nobody’s to catch, and ends a bare process (fault 7)', async () => {
    const world = await enter();
    const host = openHost(world, chromium, { dir: await makeDir(), pipe: true, next: 'navigate' });
    const [code] = (await once(host.child, 'exit')) as [number | null];
    expect(code).toBe(1);
    expect(host.errors()).toContain('auth timeout');
  });

  test('a start that fails leaves its browser running until it is destroyed (fault 8)', async () => {
    const world = await enter();
    const device = await world.openDevice(chromium, { client: { authTimeoutMs: 300, evalOnNewDoc: () => void Object.defineProperty(globalThis, 'Debug', { value: undefined }) } });
    onTestFinished(() => device.close());
    await expect(device.client.initialize()).rejects.toBe('auth timeout');
    expect((await listProcesses(device.dir)).length).toBeGreaterThan(0);
    await device.client.destroy();
    await untilNone(device.dir);
  });

  test('a client destroyed before its browser is there starts it all the same (fault 8, upstream #3847)', async () => {
    const world = await enter();
    const device = await world.openDevice(chromium);
    onTestFinished(() => device.close());
    const starting = device.client.initialize();
    await device.client.destroy();
    await starting;
    await device.ear.until('qr');
    expect((await listProcesses(device.dir)).length).toBeGreaterThan(0);
  });

  test('a process killed with its browser on a pipe leaves none behind, and on a port leaves an orphan (fault 8)', async () => {
    const world = await enter();
    for (const pipe of [true, false]) {
      const dir = await makeDir();
      const host = openHost(world, chromium, { dir, pipe, next: 'wait' });
      await untilSaid(host, 'browser ');
      const pids = await listProcesses(dir);
      expect(pids.length).toBeGreaterThan(0);
      host.child.kill('SIGKILL');
      await once(host.child, 'exit');
      if (pipe) {
        await untilNone(dir);
        continue;
      }
      const endpoint = /ws:\/\/(127\.0\.0\.1:\d+)\//.exec(host.said())?.[1];
      const answer = await fetch(`http://${endpoint}/json/version`);
      expect(answer.ok).toBe(true);
      await killAll(dir);
    }
  });

  test('a lock that another host has left keeps Chromium from starting, and the headless shell has none (fault 9)', async () => {
    const world = await enter();
    const dir = await makeDir();
    const session = join(dir, 'session');
    await mkdir(session, { recursive: true });
    await symlink('another-host-4242', join(session, 'SingletonLock'));
    const device = await world.openDevice(chromium, { dir });
    onTestFinished(() => device.close());
    const outcome = await device.client.initialize().then(
      () => 'started',
      (error: unknown) => String(error),
    );
    expect(outcome).toMatch(chromium.kind === 'chromium' ? /Failed to launch the browser process|Target closed/ : /started/);
    await device.close('keep');
    for (const name of await readdir(session)) if (name.startsWith('Singleton')) await rm(join(session, name));
    const again = await world.openDevice(chromium, { dir });
    onTestFinished(() => again.close());
    await again.client.initialize();
    await again.ear.until('qr');
    expect(existsSync(join(session, 'SingletonSocket'))).toBe(chromium.kind === 'chromium');
  });
});
