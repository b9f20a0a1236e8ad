import { once } from 'node:events';
import { chown, link, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { measureDisk, repairPreferences, trimCaches } from '../profile-folder.ts';
import { handOver } from './give-away.ts';
import { inFolder, within } from './guarded-folder.ts';
import { removeTree } from './remove-tree.ts';

let dir: string;
let profile: string;
/** What the node may reach, and a browser's user must not reach through it. */
let ours: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'waxos-guarded-'));
  profile = join(dir, 'session');
  ours = join(dir, 'ours');
  await mkdir(join(profile, 'Default'), { recursive: true });
  await mkdir(join(ours, 'Cache'), { recursive: true });
  await writeFile(join(ours, 'Cache', 'kept'), Buffer.alloc(100_000, 1));
  await writeFile(join(ours, 'Preferences'), '{"profile":{"exit_type":"Crashed"}}');
});
afterEach(() => rm(dir, { recursive: true }));

const expectOursWhole = async (): Promise<void> => {
  expect(await readdir(join(ours, 'Cache'))).toEqual(['kept']);
  expect(await readdir(ours)).toEqual(['Cache', 'Preferences']);
  expect(await readFile(join(ours, 'Preferences'), 'utf8')).toBe('{"profile":{"exit_type":"Crashed"}}');
};

test('a folder of a profile that was made a link leads nowhere: nothing behind it is read, changed, counted or removed', async () => {
  await rm(join(profile, 'Default'), { recursive: true });
  await symlink(ours, join(profile, 'Default'));
  await repairPreferences(profile);
  await trimCaches(profile, 0);
  expect(await measureDisk(profile)).toBeLessThan(50_000);
  await removeTree(profile);
  await expectOursWhole();
});

test('a file of a profile that was made a link is neither read nor written through', async () => {
  await symlink(join(ours, 'Preferences'), join(profile, 'Default', 'Preferences'));
  await symlink(join(ours, 'Cache'), join(profile, 'Default', 'Cache'));
  await repairPreferences(profile);
  await trimCaches(profile, 0);
  await expectOursWhole();
});

test('a folder that is put aside while it is walked through, with a link in its place, is still the one that is walked through', async () => {
  const seen = await inFolder(profile, (folder) =>
    within(folder, ['Default'], async (inner) => {
      await writeFile(join(profile, 'Default', 'mine'), '');
      await rename(join(profile, 'Default'), join(profile, 'Aside'));
      await symlink(ours, join(profile, 'Default'));
      await rm(inner.at('mine'));
      return { listed: await inner.list(), foreign: await inner.read('Preferences'), entered: await folder.enter('Default') };
    }),
  );
  expect(seen).toEqual({ listed: [], foreign: undefined, entered: undefined });
  await expectOursWhole();
});

test('a file that belongs to somebody else is not read, though it has a name in the profile', async ({ skip }) => {
  if (process.getuid?.() !== 0) skip('only root can give a file away');
  await link(join(ours, 'Preferences'), join(profile, 'lent'));
  await chown(profile, 65_534, 65_534);
  expect(await inFolder(profile, (folder) => folder.read('lent'))).toBeUndefined();
});

test('what is neither a file nor a folder is not read, and is removed with the rest', async () => {
  const server = createServer().listen(join(profile, 'socket'));
  await once(server, 'listening');
  expect(await inFolder(profile, (folder) => folder.read('socket'))).toBeUndefined();
  expect(await measureDisk(profile)).toBeLessThan(50_000);
  await removeTree(profile);
  expect(await readdir(dir)).toEqual(['ours']);
  server.close();
  await once(server, 'close');
});

test('a profile whose browsers get another user is all his, and nothing that links lead to, nor what has another name elsewhere', async ({ skip }) => {
  if (process.getuid?.() !== 0) skip('only root can give a file away');
  const inner = join(profile, 'Default');
  await writeFile(join(inner, 'own'), '');
  await symlink(join(ours, 'Preferences'), join(inner, 'link'));
  await link(join(ours, 'Preferences'), join(inner, 'lent'));
  await symlink(join(ours, 'Cache'), join(inner, 'Cache'));
  for (let round = 0; round < 2; round += 1) await handOver(profile, { uid: 65_534, gid: 65_534 });
  const uidOf = async (path: string): Promise<number> => (await lstat(path)).uid;
  expect(await Promise.all([profile, inner, join(inner, 'own')].map(uidOf))).toEqual([65_534, 65_534, 65_534]);
  expect(await Promise.all([join(ours, 'Preferences'), join(ours, 'Cache'), join(ours, 'Cache', 'kept')].map(uidOf))).toEqual([0, 0, 0]);
});

test('no name leads up or down by itself', async () => {
  const at = (name: string) => inFolder(profile, async (folder) => folder.at(name));
  for (const name of ['..', '.', '', 'Default/..', '/etc']) await expect(at(name)).rejects.toThrow('Not a name');
});
