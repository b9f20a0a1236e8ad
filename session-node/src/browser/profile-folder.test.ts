import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { destroyProfile, deviceDirOf, makeSessionDir, measureDisk, removeSingletons, repairPreferences, trimCaches } from './profile-folder.ts';

let profilesDir: string;
let sessionDir: string;
beforeEach(async () => {
  profilesDir = await mkdtemp(join(tmpdir(), 'waxos-profiles-'));
  sessionDir = await makeSessionDir(deviceDirOf(profilesDir, 'one'));
  await mkdir(join(sessionDir, 'Default'));
});
afterEach(() => rm(profilesDir, { recursive: true }));

const preferences = (): string => join(sessionDir, 'Default', 'Preferences');

test('a device’s name cannot lead out of the profiles’ folder', () => {
  for (const name of ['..', 'a/b', '', '.warm']) expect(() => deviceDirOf(profilesDir, name)).toThrow('named by letters');
});

test('a browser that was killed does not learn of it, and keeps its other settings', async () => {
  await writeFile(preferences(), JSON.stringify({ profile: { exit_type: 'Crashed', name: 'x' }, proxy: { mode: 'direct' } }));
  await repairPreferences(sessionDir);
  expect(JSON.parse(await readFile(preferences(), 'utf8'))).toEqual({ profile: { exit_type: 'Normal', exited_cleanly: true, name: 'x' }, proxy: { mode: 'direct' } });
});

test('half-written settings are thrown away, and a profile without any is left alone', async () => {
  await repairPreferences(sessionDir);
  await writeFile(preferences(), '{"profile": {"ex');
  await repairPreferences(sessionDir);
  expect(await readdir(join(sessionDir, 'Default'))).toEqual([]);
});

test('a lock that points to another host is removed', async () => {
  await symlink('elsewhere-4711', join(sessionDir, 'SingletonLock'));
  await removeSingletons(sessionDir);
  expect(await readdir(sessionDir)).toEqual(['Default']);
});

test('what can be made again is thrown away, what must be fetched only over the quota, and the link never', async () => {
  for (const dir of ['GPUCache', 'Cache', 'IndexedDB']) {
    await mkdir(join(sessionDir, 'Default', dir));
    await writeFile(join(sessionDir, 'Default', dir, 'data'), Buffer.alloc(100_000, 1));
  }
  expect(await measureDisk(sessionDir)).toBeGreaterThanOrEqual(300_000);
  await trimCaches(sessionDir, 1_000_000);
  expect((await readdir(join(sessionDir, 'Default'))).sort()).toEqual(['Cache', 'IndexedDB']);
  await trimCaches(sessionDir, 150_000);
  expect(await readdir(join(sessionDir, 'Default'))).toEqual(['IndexedDB']);
});

test('a destroyed profile leaves nothing', async () => {
  await destroyProfile(profilesDir, deviceDirOf(profilesDir, 'one'));
  expect(await readdir(profilesDir)).toEqual([]);
});
