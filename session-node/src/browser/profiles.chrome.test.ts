import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { waitFor } from '@waxos/process/poll';
import { inEachChromium, inOneChromium, type TestChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import { ProfileLost } from './browser-door.ts';
import { findDamage } from './databases/find-damage.ts';
import type { BrowserDoorOptions } from './open-browser-door.ts';
import { readProcesses } from './read-processes.ts';
import { evaluate, recall, remember, servePage } from './testing/stored-page.ts';
import { useDoors } from './testing/test-doors.ts';
import { exists } from './warm-browsers.ts';

const doors = useDoors();
const wanted = { device: 'one', kind: 'sandbox', browser: 'headless_shell', epoch: 1 } as const;
const key = randomBytes(32);
/** As a node of its own host: its folders are its own, and snapshots are shared. */
const onHost = (name: string): Partial<BrowserDoorOptions> => ({ node: name, profilesDir: join(doors.dir(), name), sealed: { dir: join(doors.dir(), 'sealed'), key } });
const at = (...names: string[]): string => join(doors.profilesDir(), 'one', ...names);

const listDatabases = async (sessionDir: string): Promise<string[]> => (await readdir(join(sessionDir, 'Default', 'IndexedDB'))).map((name) => join(sessionDir, 'Default', 'IndexedDB', name));
/** Its list of tables is overwritten, as by a disk that failed. */
const damage = async (sessionDir: string): Promise<void> => {
  const databases = (await listDatabases(sessionDir)).filter((path) => path.endsWith('.leveldb'));
  expect(databases).toHaveLength(1);
  for (const path of databases) for (const name of await readdir(path)) if (name.startsWith('MANIFEST')) await writeFile(join(path, name), Buffer.alloc(200, 7));
};
/** What goes to localStorage is on the disk within a second. */
const untilWritten = (sessionDir: string, word: string): Promise<true> => {
  const storage = join(sessionDir, 'Default', 'Local Storage', 'leveldb');
  const isThere = async (): Promise<true | undefined> => {
    const texts = await Promise.all((await readdir(storage)).filter((name) => name.endsWith('.log')).map((name) => readFile(join(storage, name), 'latin1')));
    return texts.some((text) => text.includes(word)) || undefined;
  };
  return waitFor(isThere, { timeoutMs: 10_000, what: `${word} to be written` });
};
/** As if another host had written it, which this one cannot see. */
const heldElsewhere = async (epoch: number): Promise<void> => {
  const path = at('claims', `${epoch}.json`);
  await writeFile(path, JSON.stringify({ ...z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(path, 'utf8'))), host: 'elsewhere', released: false }));
};

inEachChromium((chromium) => {
  test('what a page stored goes with a sealed snapshot to another host, and is there', async () => {
    const url = await servePage();
    const here = await doors.open(chromium, onHost('here'));
    const first = await here.open(wanted);
    await evaluate(first, url, remember('linked'));
    await first.close();
    const there = await doors.open(chromium, onHost('there'));
    const second = await there.open({ ...wanted, epoch: 2 });
    expect(await evaluate(second, url, recall)).toEqual(['linked', 'linked']);
    await evaluate(second, url, remember('newer'));
    await second.close();
    const third = await here.open({ ...wanted, epoch: 3 });
    expect(await evaluate(third, url, recall)).toEqual(['newer', 'newer']);
    await third.close({ profile: 'destroy' });
    expect(await exists(join(doors.dir(), 'here', 'one'))).toBe(false);
    expect(JSON.stringify(await readdir(join(doors.dir(), 'sealed'), { recursive: true }))).not.toContain('.sealed"');
    const fourth = await there.open({ ...wanted, epoch: 4 });
    expect(await evaluate(fourth, url, recall)).toEqual([null, null]);
  });

  test('a profile whose browser was killed is used as it was left', async () => {
    const url = await servePage();
    const door = await doors.open(chromium, onHost('here'));
    const first = await door.open(wanted);
    await evaluate(first, url, remember('older'));
    await first.close();
    const second = await door.open({ ...wanted, epoch: 2 });
    await evaluate(second, url, remember('newer'));
    await untilWritten(join(doors.dir(), 'here', 'one', 'session'), 'newer');
    await second.kill();
    expect(await findDamage(join(doors.dir(), 'here', 'one', 'session'))).toBeUndefined();
    const third = await door.open({ ...wanted, epoch: 3 });
    expect(await evaluate(third, url, recall)).toEqual(['newer', 'newer']);
    expect(doors.noticed).toEqual([]);
  });

  test('a damaged database is noticed, and the newest copy of the profile is brought back', async () => {
    const url = await servePage();
    const door = await doors.open(chromium);
    const first = await door.open(wanted);
    await evaluate(first, url, remember('linked'));
    await first.close();
    await damage(at('session'));
    const second = await door.open(wanted);
    expect(await evaluate(second, url, recall)).toEqual(['linked', 'linked']);
    expect(doors.noticed).toEqual([expect.stringContaining('damaged, and its newest copy was brought back')]);
    expect(second.isRestorable).toBe(false);
    expect((await readdir(at())).filter((name) => name.startsWith('session') && !name.endsWith('.json'))).toHaveLength(1);
  });

  test('a lock that another host has left does not keep a browser out (fault 9)', async () => {
    const door = await doors.open(chromium);
    await (await door.open(wanted)).close();
    await symlink('elsewhere-4711', at('session', 'SingletonLock'));
    const again = await door.open(wanted);
    expect(await evaluate(again, await servePage(), '1 + 1')).toBe(2);
  });
});

inOneChromium((chromium) => {
  test('a browser stands still for its copy and goes on, and what it had stored is in the copy while it writes on', async () => {
    const url = await servePage();
    const door = await doors.open(chromium, onHost('here'));
    const first = await door.open(wanted);
    await evaluate(first, url, remember('linked'));
    await untilWritten(join(doors.dir(), 'here', 'one', 'session'), 'linked');
    await evaluate(first, url, `void (async () => { for (;;) await ${remember('linked')}; })()`);
    for (let round = 0; round < 5; round += 1) await first.keepCopy();
    expect(await evaluate(first, url, '1 + 1')).toBe(2);
    expect(first.keptAt()).toBeGreaterThan(Date.now() - 60_000);
    await first.kill();
    const other = await doors.open(chromium, onHost('there'));
    const second = await other.open({ ...wanted, epoch: 2 });
    expect(await findDamage(join(doors.dir(), 'there', 'one', 'session'))).toBeUndefined();
    expect(await evaluate(second, url, recall)).toEqual(['linked', 'linked']);
  });

  test('without proof of death a copy is used, and what the former holder has open is left to him until there is one', async () => {
    const url = await servePage();
    const door = await doors.open(chromium);
    const first = await door.open(wanted);
    await evaluate(first, url, remember('linked'));
    await first.close();
    await heldElsewhere(1);
    await writeFile(at('session', 'his'), '');
    const second = await door.open({ ...wanted, epoch: 2 });
    expect(await evaluate(second, url, recall)).toEqual(['linked', 'linked']);
    await evaluate(second, url, remember('newer'));
    await second.close();
    expect(await exists(at('session', 'his'))).toBe(true);
    expect(doors.noticed).toEqual([expect.stringContaining('beside one whose holder is not known to be dead')]);
    const third = await door.open({ ...wanted, epoch: 3 });
    expect(await evaluate(third, url, recall)).toEqual(['newer', 'newer']);
    await third.close();
    expect(await exists(at('session', 'his'))).toBe(true);
    const fourth = await door.open({ ...wanted, epoch: 4, ownerDead: true });
    expect(await evaluate(fourth, url, recall)).toEqual(['newer', 'newer']);
    expect(await exists(at('session'))).toBe(false);
    expect(await readdir(at('claims'))).toEqual(['4.json']);
  });

  test('a browser with a user of its own goes on from a snapshot, also where the profile had another user before', async ({ skip }) => {
    if (process.getuid?.() !== 0) skip('only root can start browsers as somebody else');
    const url = await servePage();
    const owner = { uid: 65_534, gid: 65_534 };
    const before = await doors.open(chromium, onHost('here'));
    const first = await before.open(wanted);
    await evaluate(first, url, remember('linked'));
    await first.close();
    await before.close();
    const same = await doors.open(chromium, { ...onHost('here'), owner });
    const other = await doors.open(chromium, { ...onHost('there'), owner });
    for (const [door, epoch] of [[same, 2], [other, 3]] as const) {
      const running = await door.open({ ...wanted, epoch }).catch((error: unknown) => String(error));
      // Some hosts let no user have the namespaces of Chromium's sandbox; elsewhere that user cannot read the program.
      if (typeof running === 'string') return skip(running);
      expect((await stat(running.profileDir)).uid).toBe(owner.uid);
      expect(await evaluate(running, url, recall)).toEqual(['linked', 'linked']);
      await running.close();
    }
    expect(doors.noticed).toEqual([]);
  });

  test('a folder of a holder who may live is copied where nothing of it was ever sealed', async () => {
    const url = await servePage();
    const door = await doors.open(chromium);
    const first = await door.open(wanted);
    await evaluate(first, url, remember('linked'));
    await first.close();
    await rm(at('snapshots'), { recursive: true });
    await heldElsewhere(1);
    const second = await door.open({ ...wanted, epoch: 2 });
    expect(second.profileDir).not.toBe(at('session'));
    expect(await evaluate(second, url, recall)).toEqual(['linked', 'linked']);
  });

  test('what a page has lost is brought back by the next browser, and not twice', async () => {
    const url = await servePage();
    const door = await doors.open(chromium);
    const first = await door.open(wanted);
    expect(first.isRestorable).toBe(false);
    await evaluate(first, url, remember('linked'));
    await first.close();
    const second = await door.open(wanted);
    expect(second.isRestorable).toBe(true);
    await evaluate(second, url, remember('lost'));
    await second.close({ profile: 'replace' });
    const third = await door.open(wanted);
    expect(third.isRestorable).toBe(false);
    expect(await evaluate(third, url, recall)).toEqual(['linked', 'linked']);
  });

  test('a logout that was cut off is finished at the next start', async () => {
    const door = await doors.open(chromium, onHost('here'));
    await (await door.open(wanted)).close();
    await (await door.open({ ...wanted, device: 'two' })).close();
    await door.close();
    // Noted that the link is over, and no further.
    await writeFile(join(doors.dir(), 'sealed', 'one', 'generation'), 'g-00000000-0000-4000-8000-000000000000');
    await doors.open(chromium, onHost('here'));
    expect((await readdir(join(doors.dir(), 'here'))).filter((name) => !name.startsWith('.'))).toEqual(['two']);
  });

  describe('a profile that no browser starts on, though one starts on an empty one,', () => {
    /** A browser that stumbles over a file. */
    const stumbling = async (): Promise<TestChromium> => {
      const executablePath = join(doors.dir(), 'stumbles');
      const script = `#!/bin/sh\nfor one in "$@"; do case "$one" in --user-data-dir=*) dir="\${one#--user-data-dir=}";; esac; done\n[ -e "$dir/Default/IndexedDB/stone" ] && exit 7\nexec "${chromium.executablePath ?? ''}" "$@"\n`;
      await writeFile(executablePath, script, { mode: 0o755 });
      return { ...chromium, executablePath };
    };

    test('is replaced by its newest copy', async () => {
      const url = await servePage();
      const door = await doors.open(await stumbling());
      const first = await door.open(wanted);
      await evaluate(first, url, remember('linked'));
      await first.close();
      await writeFile(at('session', 'Default', 'IndexedDB', 'stone'), '');
      const second = await door.open(wanted);
      expect(await evaluate(second, url, recall)).toEqual(['linked', 'linked']);
      expect(doors.noticed).toEqual([expect.stringContaining('no browser started on a profile')]);
    });

    test('is lost where there is no copy, and the next start begins anew', async () => {
      const door = await doors.open(await stumbling());
      const first = await door.open(wanted);
      await evaluate(first, await servePage(), remember('linked'));
      await first.close();
      await rm(at('snapshots'), { recursive: true });
      await writeFile(at('session', 'Default', 'IndexedDB', 'stone'), '');
      await expect(door.open(wanted)).rejects.toThrow(ProfileLost);
      const again = await door.open(wanted);
      expect(await exists(at('session', 'Default', 'IndexedDB', 'stone'))).toBe(false);
      await again.close();
    });
  });

  test('a profile that a newer lease has passed is not destroyed any more, and its browser is gone all the same', async () => {
    const failures: unknown[] = [];
    const door = await doors.open(chromium, { onFailure: (error) => void failures.push(error) });
    const running = await door.open(wanted);
    await writeFile(at('claims', '2.json'), await readFile(at('claims', '1.json')));
    await expect(running.close({ profile: 'destroy' })).rejects.toThrow('newer lease');
    await running.kill();
    await running.gone;
    expect(await exists(at('session', 'Default'))).toBe(true);
    expect(failures).toHaveLength(1);
  });

  test('a browser that had to be killed when it was asked to close is kept as it was left', async () => {
    const url = await servePage();
    const door = await doors.open(chromium, { ...onHost('here'), closeTimeoutMs: 300 });
    const first = await door.open(wanted);
    await evaluate(first, url, remember('linked'));
    await untilWritten(join(doors.dir(), 'here', 'one', 'session'), 'linked');
    process.kill(first.pid, 'SIGSTOP');
    expect(await first.close()).toBe('killed');
    const second = await (await doors.open(chromium, onHost('there'))).open({ ...wanted, epoch: 2 });
    expect(await evaluate(second, url, recall)).toEqual(['linked', 'linked']);
  });

  test('a browser that does not start leaves no process, and its profile is free (fault 8)', async () => {
    const broken = await doors.open({ ...chromium, executablePath: process.execPath });
    await expect(broken.open(wanted)).rejects.toThrow('did not start');
    expect((await readProcesses()).filter(({ parent }) => parent === process.pid)).toEqual([]);
    const door = await doors.open(chromium);
    expect((await door.open(wanted)).pid).toBeGreaterThan(0);
  });

  test('a door that is closed while a browser starts leaves none (fault 8)', async () => {
    const before = (await readProcesses()).filter(({ parent }) => parent === process.pid).length;
    const door = await doors.open(chromium);
    const opening = door.open(wanted);
    await waitFor(async () => (await exists(at('claims', '1.json'))) || undefined, { timeoutMs: 10_000, what: 'the browser to be on its way' });
    await door.close();
    await (await opening).gone;
    expect((await readProcesses()).filter(({ parent }) => parent === process.pid)).toHaveLength(before);
  });
});
