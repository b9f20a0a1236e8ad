import { readFileSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { waitFor } from '@waxos/process/poll';
import { inEachChromium, inOneChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import type { RunningBrowser } from './browser-door.ts';
import { findProcess, readProcesses, treeOf, type ProcessMark } from './read-processes.ts';
import { evaluate, recall, remember, servePage } from './testing/stored-page.ts';
import { sandboxArguments, useDoors } from './testing/test-doors.ts';
import { exists } from './warm-browsers.ts';

const isRoot = process.getuid?.() === 0;
const doors = useDoors();
const openDoor = doors.open;

const wanted = { device: 'one', kind: 'sandbox', browser: 'headless_shell', epoch: 1 } as const;

const readArgv = async (pid: number): Promise<string[]> => (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
const markOf = async (pid: number): Promise<ProcessMark> => ({ pid, startTicks: findProcess(pid)?.startTicks ?? 0 });
const countLeft = async (mark: ProcessMark): Promise<number> => treeOf(mark, await readProcesses()).length;

const findWarm = async (): Promise<number | undefined> => {
  const argvs = await Promise.all((await readProcesses()).map(async ({ pid }) => ({ pid, argv: await readArgv(pid).catch(() => []) })));
  return argvs.find(({ argv }) => argv.some((argument) => argument.startsWith(`--user-data-dir=${doors.profilesDir()}/.warm/`)))?.pid;
};
const untilWarm = (): Promise<number> => waitFor(findWarm, { timeoutMs: 20_000, what: 'a warm browser' });

inEachChromium((chromium) => {
  test('a browser that closes keeps what its page stored, leaves no process, and is opened again', async () => {
    const door = await openDoor(chromium);
    const url = await servePage();
    const first = await door.open(wanted);
    expect(await first.measureBytes()).toBeGreaterThan(20_000_000);
    await evaluate(first, url, remember());
    const mark = await markOf(first.pid);
    expect(await first.close()).toBe('clean');
    expect(await countLeft(mark)).toBe(0);
    const second = await door.open({ ...wanted, epoch: 2 });
    expect(await evaluate(second, url, recall)).toEqual(['yes', 'yes']);
    await second.close({ profile: 'destroy' });
    expect(await exists(join(doors.profilesDir(), 'one'))).toBe(false);
  });

  test('a sandbox browser sees the sandbox’s flags and nothing of the node’s environment', async () => {
    vi.stubEnv('NODE_TOKEN', 'a secret');
    onTestFinished(() => void vi.unstubAllEnvs());
    const door = await openDoor(chromium);
    const { pid, close } = await door.open(wanted);
    const argv = await readArgv(pid);
    for (const flag of sandboxArguments) expect(argv.filter((argument) => argument === flag)).toHaveLength(1);
    expect(await readFile(`/proc/${pid}/environ`, 'utf8')).not.toContain('NODE_TOKEN');
    await close();
  });
});

inOneChromium((chromium) => {
  test('a browser that is killed is gone with all its processes, and its profile is free for the next (fault 8)', async () => {
    const door = await openDoor(chromium);
    const first = await door.open(wanted);
    const mark = await markOf(first.pid);
    process.kill(first.pid, 'SIGKILL');
    await first.gone;
    expect(await countLeft(mark)).toBe(0);
    const second = await door.open(wanted);
    expect(await second.close()).toBe('clean');
    await waitFor(async () => ((await readdir(tmpdir())).some((name) => name.startsWith(`waxos-browser-${process.pid}-`)) ? undefined : true), { timeoutMs: 5_000, what: 'what they left in the temporary folder to be removed' });
  });

  test('what a page stored is on the disk soon enough for a browser that is killed shortly after its link', async () => {
    const door = await openDoor(chromium);
    const url = await servePage();
    const first = await door.open(wanted);
    await evaluate(first, url, remember());
    const storage = join(doors.profilesDir(), 'one', 'session', 'Default', 'Local Storage', 'leveldb');
    const isKept = async (): Promise<true | undefined> => {
      const names = (await readdir(storage)).filter((name) => name.endsWith('.log'));
      const texts = await Promise.all(names.map((name) => readFile(join(storage, name), 'latin1')));
      return texts.some((text) => text.includes('kept')) || undefined;
    };
    // Chromium itself takes five seconds at first, and up to a minute later.
    await waitFor(isKept, { timeoutMs: 3_500, what: 'the storage to be written' });
    await first.kill();
    const second = await door.open({ ...wanted, epoch: 2 });
    expect(await evaluate(second, url, recall)).toEqual(['yes', 'yes']);
    await second.close();
  });

  test('a browser is watched before it answers, and one that never does is watched no more', async () => {
    const told: string[] = [];
    const watchdog = {
      watch: ({ pid }: ProcessMark) => Promise.resolve(void told.push(`watch ${pid}`)),
      unwatch: ({ pid }: ProcessMark) => Promise.resolve(void told.push(`unwatch ${pid}`)),
    };
    // It lives, and says nothing on its pipe.
    const silent = join(doors.dir(), 'silent');
    await writeFile(silent, '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
    const door = await openDoor({ ...chromium, executablePath: silent }, { watchdog, launchTimeoutMs: 2_000 });
    const refused = door.open(wanted).then(() => 'opened', String);
    await waitFor(() => told[0], { timeoutMs: 1_500, what: 'the watchdog to be told' });
    expect(told).toEqual([expect.stringMatching(/^watch \d+$/)]);
    expect(await refused).toContain('did not answer');
    // Whether it was tried once or once more: none stays.
    expect(told.filter((one) => one.startsWith('watch')).toSorted()).toEqual(told.filter((one) => one.startsWith('un')).map((one) => one.slice(2)).toSorted());
  });

  test('a browser that does not answer any more is killed when its time to close is over', async () => {
    const door = await openDoor(chromium, { closeTimeoutMs: 500 });
    const running = await door.open(wanted);
    const mark = await markOf(running.pid);
    process.kill(running.pid, 'SIGSTOP');
    expect(await running.close()).toBe('killed');
    expect(await countLeft(mark)).toBe(0);
  });

  test('a profile that a browser has open is opened by no other (fault 9)', async () => {
    const door = await openDoor(chromium);
    const other = await openDoor(chromium, { node: 'b' });
    await door.open(wanted);
    await expect(door.open(wanted)).rejects.toThrow('open already');
    await expect(other.open({ ...wanted, epoch: 2 })).rejects.toThrow('open already');
  });

  test('a new device gets a browser that is warm already, and keeps its profile after it', async () => {
    const door = await openDoor(chromium, { warm: { whatsapp: 0, sandbox: 1 } });
    const url = await servePage();
    const warmPid = await untilWarm();
    const given = async (): Promise<RunningBrowser | undefined> => {
      const opened = await door.open(wanted);
      if (opened.pid === warmPid) return opened;
      await opened.close({ profile: 'destroy' });
      return undefined;
    };
    const running = await waitFor(given, { timeoutMs: 20_000, what: 'the warm browser to be given' });
    await evaluate(running, url, remember());
    await running.close();
    expect(await exists(join(doors.profilesDir(), 'one', 'session', 'Default'))).toBe(true);
    const again = await door.open({ ...wanted, epoch: 2 });
    expect(await evaluate(again, url, recall)).toEqual(['yes', 'yes']);
  });

  test('browsers that nobody uses yet give way when memory is short', async () => {
    let isRoomy = true;
    const door = await openDoor(chromium, { warm: { whatsapp: 0, sandbox: 1 }, hasRoom: () => isRoomy });
    await untilWarm();
    isRoomy = false;
    const folders = await waitFor(async () => ((await findWarm()) === undefined ? readdir(join(doors.profilesDir(), '.warm')) : undefined), { timeoutMs: 20_000, what: 'the warm browser to end' });
    await door.close();
    expect(folders.length).toBeLessThanOrEqual(1);
    expect(await readdir(join(doors.profilesDir(), '.warm'))).toEqual([]);
  });

  test('nothing is loaded that nobody will look at, and what the page makes itself is shown', async () => {
    const asked: string[] = [];
    const url = await servePage(asked);
    const door = await openDoor(chromium);
    const running = await door.open(wanted);
    const shown = await evaluate(running, url, `new Promise((resolve) => {
      document.body.innerHTML = '<style>@font-face{font-family:x;src:url(/f.woff2)}body{font-family:x}</style>text<img src="/i.png"><video autoplay muted src="/v.mp4"></video>';
      const bytes = Uint8Array.from(atob('R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=='), (letter) => letter.charCodeAt(0));
      const image = new Image();
      image.onload = () => fetch('/asked').then(() => resolve(image.naturalWidth));
      image.src = URL.createObjectURL(new Blob([bytes], { type: 'image/gif' }));
    })`);
    expect(shown).toBe(1);
    expect(asked).toEqual(['/', '/asked']);
  });

  test('a real device is refused as root, where Chromium’s own sandbox is off', async ({ skip }) => {
    if (!isRoot) skip('these tests do not run as root');
    const door = await openDoor(chromium);
    await expect(door.open({ ...wanted, kind: 'whatsapp' })).rejects.toThrow('root');
  });

  test('a real browser has none of the sandbox’s flags, and its pages are confined by Chromium’s own', async ({ skip }) => {
    const door = await openDoor(chromium, isRoot ? { owner: { uid: 65_534, gid: 65_534 } } : {});
    const running = await door.open({ ...wanted, kind: 'whatsapp' }).catch((error: unknown) => String(error));
    // Some hosts let no user have the namespaces of Chromium's sandbox; elsewhere that user cannot read the program.
    if (typeof running === 'string') return skip(running);
    const argv = await readArgv(running.pid);
    for (const flag of [...sandboxArguments, '--no-sandbox', '--no-zygote']) expect(argv).not.toContain(flag);
    const root = findProcess(running.pid);
    const tree = root === undefined ? [] : treeOf(root, await readProcesses());
    const renderers = tree.filter(({ pid }) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('--type=renderer'));
    expect(renderers.map(({ pid }) => /^Seccomp:\s+(\d)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1])).toEqual(['2']);
    await running.close();
  });
});
