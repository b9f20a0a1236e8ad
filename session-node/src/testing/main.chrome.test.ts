import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inOneChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import { openWorld, type World } from '@waxos/sandbox/conformance/testing/world';
import { waitFor } from '@waxos/process/poll';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findProcess, readProcesses, treeOf, type ProcessMark } from '../browser/read-processes.ts';
import { openTestGateway, type TestGateway } from './test-gateway.ts';

inOneChromium(({ executablePath = '', env }) => {
  let world: World;
  let gateway: TestGateway;
  let folder: string;
  let node: ChildProcess | undefined;
  let output: string;

  beforeEach(async () => {
    world = await openWorld();
    gateway = await openTestGateway();
    folder = await mkdtemp(join(tmpdir(), 'waxos-main-'));
    output = '';
  });
  afterEach(async () => {
    const left = await listOurs();
    if (node?.exitCode === null) node.kill('SIGKILL');
    await untilGone(left);
    await gateway.close();
    await world.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const start = (): ChildProcess => {
    const [rules = '', spki = ''] = world.chromiumArguments;
    const child = spawn(process.execPath, [resolve(import.meta.dirname, '../main.ts')], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: env['PATH'],
        NODE_NAME: 'main',
        GATEWAY_URL: gateway.url,
        NODE_TOKEN: gateway.token,
        PROFILES_DIR: join(folder, 'profiles'),
        NODE_DATA_DIR: join(folder, 'node'),
        HEADLESS_SHELL_PATH: executablePath,
        HEADLESS_SHELL_LIBRARIES: env['LD_LIBRARY_PATH'],
        HEADLESS_SHELL_FONTS: env['FONTCONFIG_FILE'],
        SANDBOX_URL: `https://127.0.0.1:${/127\.0\.0\.1:(\d+)/.exec(rules)?.[1]}`,
        SANDBOX_SPKI: spki.replace(/^[^=]*=/, ''),
        WARM_BROWSERS: '0',
      },
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => void (output += chunk.toString()));
    node = child;
    return child;
  };
  /** All that the node has started. */
  const listOurs = async (): Promise<ProcessMark[]> => {
    const root = findProcess(node?.pid ?? 0);
    return root === undefined ? [] : treeOf(root, await readProcesses()).filter(({ pid }) => pid !== root.pid);
  };
  const isThere = ({ pid, startTicks }: ProcessMark): boolean => findProcess(pid)?.startTicks === startTicks;
  const untilGone = (marks: ProcessMark[]) => waitFor(() => (marks.some(isThere) ? undefined : true), { timeoutMs: 15_000, what: 'all processes to be gone' });
  const untilQr = async (): Promise<void> => {
    await waitFor(() => (output.includes('node.ready') ? true : undefined), { timeoutMs: 15_000, what: `the node, which said ${output}` });
    const settings = { kind: 'sandbox', browser: 'headless_shell', economy: false, paced: false, historyDays: 0 } as const;
    await gateway.command({ id: randomUUID(), device: randomUUID(), epoch: 1, leaseUntil: Date.now() + 60_000, deadline: Date.now() + 30_000, command: { type: 'session.start', settings } });
    await gateway.until('session.qr');
  };

  test('a node that is told to end tells that its sessions stopped, ends well and leaves no process; no browser of it knew its token, and its log knew neither', async () => {
    const child = start();
    await untilQr();
    const ours = await listOurs();
    expect(ours.length).toBeGreaterThan(2);
    for (const { pid } of ours) expect(await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')).not.toContain(gateway.token);
    child.kill('SIGTERM');
    await waitFor(() => (child.exitCode === null && child.signalCode === null ? undefined : true), { timeoutMs: 30_000, what: `its end, after ${output}` });
    expect(child.exitCode).toBe(0);
    expect(gateway.committed.at(-1)?.event).toMatchObject({ type: 'session.changed', state: 'stopped' });
    expect(await untilGone(ours)).toBe(true);
    const { qr } = await gateway.until('session.qr');
    for (const secret of [gateway.token, qr]) expect(output).not.toContain(secret);
  });

  test('of a node that is killed no process is left', async () => {
    const child = start();
    await untilQr();
    const ours = await listOurs();
    expect(ours.length).toBeGreaterThan(2);
    child.kill('SIGKILL');
    expect(await untilGone(ours)).toBe(true);
    expect(gateway.faults).toEqual([]);
  });
});
