import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { SessionCommand } from '@waxos/contract/node-link/commands';
import { inOneChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import { openWorld, type World } from '@waxos/sandbox/conformance/testing/world';
import { waitFor } from '@waxos/process/poll';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findProcess, readProcesses, treeOf, type ProcessMark } from '../browser/read-processes.ts';
import { openTestGateway, type TestGateway } from './test-gateway.ts';

const settings = { kind: 'sandbox', browser: 'headless_shell', economy: false, paced: false, historyDays: 0 } as const;

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

  const start = (more: Record<string, string> = {}): ChildProcess => {
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
        ...more,
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

  test('of a node that is killed no process is left (fault 8)', async () => {
    const child = start();
    await untilQr();
    const ours = await listOurs();
    expect(ours.length).toBeGreaterThan(2);
    child.kill('SIGKILL');
    expect(await untilGone(ours)).toBe(true);
    expect(gateway.faults).toEqual([]);
  });

  test('a node at its most talkative logs no phone number, no text, no name, no QR and no code, whatever its sessions go through', async () => {
    const child = start({ LOG_LEVEL: 'trace' });
    await untilQr();
    const [shop, customer, other] = [world.newPhone(), world.newPhone(), world.newPhone()];
    const { device } = gateway.committed.find(({ event }) => event.type === 'session.qr') ?? { device: '' };
    const { qr } = await gateway.until('session.qr');
    const ask = (command: SessionCommand, to = device) => gateway.command({ id: randomUUID(), device: to, epoch: 1, leaseUntil: Date.now() + 60_000, deadline: Date.now() + 30_000, command });
    const untilState = (state: string, of: string) => gateway.until('session.changed', (event, from) => event.state === state && from === of);
    shop.act('device.scan', { qr });
    await untilState('ready', device);
    const texts = ['the secret of the shop', 'an answer in confidence', 'changed beyond recognition', 'a whisper'];
    const [asked = '', answer = '', changed = '', caption = ''] = texts;
    customer.say(shop.address, asked);
    const { message } = await gateway.until('message.seen', (event) => event.message.content.kind === 'text' && event.message.content.text === asked);
    const { chat } = message.key;
    const messageId = (n: number): string => `3EB0${String(n).padStart(18, '0')}`;
    const sent = { chat, fromMe: true, id: messageId(1) };
    await ask({ type: 'message.send', chat, messageId: sent.id, content: { kind: 'text', text: answer } });
    await gateway.until('send.ended');
    for (const command of [
      { type: 'message.edit', key: sent, text: changed },
      { type: 'message.react', key: message.key, emoji: '👍' },
      { type: 'message.revoke', key: sent },
      { type: 'chat.read', chat },
      { type: 'chat.watch', chat },
      { type: 'chat.typing', chat, state: 'typing' },
      { type: 'picture.fetch', chat },
      { type: 'group.fetch', group: '120363000000000001' },
      { type: 'screenshot.take' },
      { type: 'media.fetch', key: message.key },
      { type: 'call.reject', id: 'CALL', from: { lid: customer.account } },
      { type: 'message.send', chat: { kind: 'person', person: { phone: '4999999999999' } }, messageId: messageId(2), content: { kind: 'text', text: answer } },
      { type: 'message.send', chat, messageId: messageId(3), content: { kind: 'media', as: 'image', caption, media: { url: '/nodes/media/none', mimetype: 'image/png', bytes: 3 } } },
    ] satisfies SessionCommand[])
      await ask(command);
    await waitFor(() => (gateway.committed.filter(({ event }) => event.type === 'send.ended').length >= 6 ? true : undefined), { timeoutMs: 30_000, what: 'all outcomes' });
    // What goes wrong is what is logged.
    for (const fault of [{ noLid: true }, { renamedKey: true }, { sendThrowsAfter: true }, { ciphertextMs: 10 }] as const) {
      world.setFaults(fault);
      other.say(shop.address, asked);
      await ask({ type: 'message.send', chat: { kind: 'person', person: { phone: other.number } }, messageId: messageId(10 + Object.keys(fault).join().length), content: { kind: 'text', text: answer } });
    }
    world.clearFaults();
    await ask({ type: 'session.start', settings, pairWith: other.number }, randomUUID());
    const { code } = await gateway.until('session.code');
    for (const { pid } of (await listOurs()).slice(-1)) process.kill(pid, 'SIGKILL');
    customer.say(shop.address, caption);
    await gateway.until('message.seen', (event) => event.message.content.kind === 'text' && event.message.content.text === caption);
    const [linked] = shop.view().devices;
    shop.act('device.logOut', { device: linked?.device ?? '' });
    await untilState('logged_out', device);
    child.kill('SIGTERM');
    await waitFor(() => (child.exitCode === null && child.signalCode === null ? undefined : true), { timeoutMs: 40_000, what: `its end, after ${output.slice(-2_000)}` });
    const people = [shop, customer, other].flatMap(({ number, account, name }) => [number, account, name]);
    const secrets = [gateway.token, qr, ...qr.split(','), code, '4999999999999', ...texts, ...people];
    expect(secrets.filter((secret) => secret.length > 3 && output.includes(secret))).toEqual([]);
    // It has said what went wrong, and where.
    expect(output).toContain('a session failed at something');
  });
});
