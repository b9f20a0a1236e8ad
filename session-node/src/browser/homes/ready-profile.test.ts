import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sweepDestroyed } from '../profile-folder.ts';
import { openHome, settleKey, sweepOutdated, type Home, type Storage } from './open-home.ts';
import { readyProfile, type ReadyProfile } from './ready-profile.ts';
import { noteFolder } from './session-folders.ts';

let dir: string;
let passed: string[];
const key = randomBytes(32);
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'waxos-homes-'));
  passed = [];
});
afterEach(() => rm(dir, { recursive: true }));

const storage = (host: string, sealed: boolean): Storage => ({
  profilesDir: join(dir, host),
  sealedDir: sealed ? join(dir, 'sealed') : undefined,
  key,
  limits: { count: 3, ageMs: 1_000_000_000, everyMs: 3_600_000 },
  passedOver: (_device, { epoch }, why) => void passed.push(`${epoch}: ${why}`),
});
const homeOn = async (host: string, sealed = true): Promise<Home> => {
  const home = openHome({ device: 'one', kind: 'sandbox' }, storage(host, sealed));
  for (const path of [home.deviceDir, home.claimsIn]) await mkdir(path, { recursive: true });
  return home;
};
const ready = (home: Home, epoch: number, undead: number[] = []): Promise<ReadyProfile> => readyProfile(home, { epoch, undead });

const pathOf = ({ sessionDir }: ReadyProfile): string => join(sessionDir, 'Default', 'Preferences');
/** As a browser does. */
const write = async (profile: ReadyProfile, text: string): Promise<void> => {
  await mkdir(join(profile.sessionDir, 'Default'), { recursive: true });
  await writeFile(pathOf(profile), text);
};
const close = async (profile: ReadyProfile, epoch: number): Promise<void> => {
  await profile.note({ clean: true, broken: false });
  await profile.shelf.add(profile.sessionDir, { epoch, how: 'closed', build: '1' });
};
/** A lease from its beginning to a clean end. */
const live = async (home: Home, { epoch, undead = [] }: { epoch: number; undead?: number[] }, text: string): Promise<ReadyProfile> => {
  const profile = await ready(home, epoch, undead);
  await write(profile, text);
  await close(profile, epoch);
  return profile;
};
const told = async (profile: ReadyProfile): Promise<string> => `${profile.origin} ${await readFile(pathOf(profile), 'utf8').catch(() => 'nothing')}`;

describe('with folders that are a node’s own', () => {
  test('a device that nobody knows begins with nothing', async () => {
    expect(await told(await ready(await homeOn('a'), 1))).toBe('new nothing');
  });

  test('a clean folder of the newest lease is used as it is, an older one is replaced by what was sealed since', async () => {
    const [a, b] = [await homeOn('a'), await homeOn('b')];
    await live(a, { epoch: 1 }, 'first');
    expect(await told(await ready(a, 2))).toBe('used first');
    await live(a, { epoch: 2 }, 'second');
    expect(await told(await live(b, { epoch: 3 }, 'third'))).toBe('restored third');
    const back = await ready(a, 4);
    expect(await told(back)).toBe('restored third');
    await back.settle();
    expect((await readdir(a.deviceDir)).toSorted()).toEqual([back.name, `${back.name}.json`]);
  });

  test('what a killed browser left is nearer to the truth than an older snapshot of the same lease', async () => {
    const a = await homeOn('a');
    const profile = await live(a, { epoch: 1 }, 'sealed');
    await write(profile, 'newer');
    expect(await told(await ready(a, 2))).toBe('used newer');
  });

  test('a snapshot that is damaged is passed over for the one before, and an old folder is better than none', async () => {
    const [a, b] = [await homeOn('a'), await homeOn('b')];
    await live(a, { epoch: 1 }, 'first');
    const { shelf } = await live(a, { epoch: 2 }, 'second');
    const [newest] = await shelf.list();
    const sealed = (await readdir(join(dir, 'sealed', 'one'))).find((name) => name.startsWith('g-')) ?? '';
    await writeFile(join(dir, 'sealed', 'one', sealed, newest?.name ?? ''), 'spoiled');
    expect(await told(await ready(b, 3))).toBe('restored first');
    expect(passed).toEqual(['2: it was cut short']);
    await rm(join(dir, 'sealed', 'one', sealed), { recursive: true });
    expect(await told(await ready(a, 4))).toBe('used second');
  });

  test('a logout ends it everywhere: nothing sealed is left, and folders on other nodes are never used again', async () => {
    const [a, b] = [await homeOn('a'), await homeOn('b')];
    await live(a, { epoch: 1 }, 'linked');
    await live(b, { epoch: 2 }, 'linked');
    expect(await b.destroy()).toBe('with claims');
    expect((await readdir(join(dir, 'sealed', 'one'))).toSorted()).toEqual(['generation']);
    expect(await readdir(join(dir, 'b'))).toEqual([]);
    expect(await told(await ready(a, 3))).toBe('new nothing');
  });

  test('a logout that was cut off at any point is finished by whoever comes next', async () => {
    const [a, b] = [await homeOn('a'), await homeOn('b')];
    await live(a, { epoch: 1 }, 'linked');
    await live(b, { epoch: 2 }, 'linked');
    // No further than the note.
    await writeFile(join(dir, 'sealed', 'one', 'generation'), 'g-00000000-0000-4000-8000-000000000000');
    await sweepOutdated(storage('b', true));
    expect(await readdir(join(dir, 'b'))).toEqual([]);
    expect(await told(await ready(a, 3))).toBe('new nothing');
    expect((await readdir(join(dir, 'sealed', 'one'))).filter((name) => name.startsWith('g-'))).toEqual([]);
    await mkdir(join(dir, 'a', '.destroyed-x', 'session'), { recursive: true });
    await sweepDestroyed(join(dir, 'a'));
    expect(await readdir(join(dir, 'a'))).toEqual(['one']);
  });

  test('where the shared storage is not what it was, nothing is taken for ended', async () => {
    const a = await homeOn('a');
    await live(a, { epoch: 1 }, 'linked');
    await rm(join(dir, 'sealed', 'one'), { recursive: true });
    await sweepOutdated(storage('a', true));
    await mkdir(join(dir, 'sealed', 'one'));
    expect(await told(await ready(a, 2))).toBe('used linked');
  });
});

describe('with folders that all nodes share', () => {
  test('the folder is the truth, whatever was sealed beside it', async () => {
    const home = await homeOn('shared', false);
    const profile = await live(home, { epoch: 1 }, 'older');
    await write(profile, 'newer');
    // As a power cut may leave it.
    await writeFile(join(home.deviceDir, 'session.json'), '');
    expect(await told(await ready(home, 2))).toBe('used newer');
  });

  test('beside a holder who may live the newest copy is used, his folder is left alone, and goes when he is known to be dead', async () => {
    const home = await homeOn('shared', false);
    const his = await live(home, { epoch: 5 }, 'sealed');
    await write(his, 'still his');
    const beside = await ready(home, 6, [5]);
    expect(await told(beside)).toBe('restored sealed');
    await live(home, { epoch: 6, undead: [5] }, 'mine');
    expect(await readFile(pathOf(his), 'utf8')).toBe('still his');
    const again = await ready(home, 7, [5]);
    expect(await told(again)).toBe('used mine');
    await again.settle();
    expect(await readFile(pathOf(his), 'utf8')).toBe('still his');
    const alone = await ready(home, 8);
    await alone.settle();
    expect([await told(alone), (await readdir(home.deviceDir)).filter((name) => /^session[^.]*$/.test(name))]).toEqual(['used mine', [alone.name]]);
  });

  test('where nothing was sealed the folder of a holder who may live is copied, from where it was warmed too', async () => {
    const home = await homeOn('shared', false);
    const warm = join(dir, 'shared', '.warm', 'a.1');
    await mkdir(join(warm, 'session', 'Default'), { recursive: true });
    await writeFile(join(warm, 'session', 'Default', 'Preferences'), 'warmed');
    await writeFile(join(home.deviceDir, 'warmed'), warm);
    await noteFolder(home.deviceDir, 'session', { epoch: 5, clean: false, broken: false });
    expect(await told(await ready(home, 6, [5]))).toBe('copied warmed');
    expect(await readdir(join(warm, 'session'))).toEqual(['Default']);
  });

  test('a broken folder is replaced, and is there until a browser has started on the other', async () => {
    const home = await homeOn('shared', false);
    const profile = await live(home, { epoch: 1 }, 'whole');
    await write(profile, 'lost');
    await profile.note({ clean: false, broken: true });
    const replaced = await ready(home, 1);
    expect(await told(replaced)).toBe('restored whole');
    expect(await readFile(pathOf(profile), 'utf8')).toBe('lost');
    await replaced.settle();
    expect((await readdir(home.deviceDir)).filter((name) => /^session[^.]*$/.test(name))).toEqual([replaced.name]);
  });

  test('a broken folder without a copy makes room for a new one', async () => {
    const home = await homeOn('shared', false);
    const profile = await ready(home, 1);
    await write(profile, 'lost');
    await profile.note({ clean: false, broken: true });
    const anew = await ready(home, 1);
    expect([await told(anew), anew.name]).toEqual(['new nothing', 'session']);
  });

  test('what a node did not finish making is no profile', async () => {
    const home = await homeOn('shared', false);
    for (const name of ['restoring-1', 'held-2']) await mkdir(join(home.deviceDir, name, 'Default'), { recursive: true });
    expect(await told(await ready(home, 1))).toBe('new nothing');
    expect(await readdir(home.deviceDir)).toEqual(['session.json']);
  });

  test('nodes that begin at the same moment seal with the same key, which nobody else reads', async () => {
    const [one, other] = await Promise.all([settleKey(join(dir, 'shared')), settleKey(join(dir, 'shared'))]);
    expect(one).toHaveLength(32);
    expect(other).toEqual(one);
    expect(await readdir(join(dir, 'shared'))).toEqual(['.key']);
  });
});
