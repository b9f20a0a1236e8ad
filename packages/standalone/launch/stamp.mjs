import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What says that node_modules is whole. npm ci empties the folder first and we write the stamp last, so an
 * interrupted install never has one. Somebody who ran npm by hand has none either, or an old one: then npm's own record is compared.
 */
const stampFile = (checkoutDir) => join(checkoutDir, 'node_modules', '.waxos-installed');

export const stampOf = (lockText, platform) => createHash('sha256').update(lockText).update('\0').update(platform).digest('hex');

const platformHere = () => `${process.platform} ${process.arch}`;
const readLock = (checkoutDir) => readFile(join(checkoutDir, 'package-lock.json'), 'utf8');

export const isInstalled = async (checkoutDir) => {
  const lockText = await readLock(checkoutDir);
  const wanted = stampOf(lockText, platformHere());
  if ((await readOrNothing(stampFile(checkoutDir))) === wanted) return true;
  const record = await readOrNothing(join(checkoutDir, 'node_modules', '.package-lock.json'));
  if (record === undefined || !recordCovers(JSON.parse(lockText), JSON.parse(record))) return false;
  await writeStamp(checkoutDir);
  return true;
};

export const writeStamp = async (checkoutDir) => {
  const file = stampFile(checkoutDir);
  await writeFile(`${file}.new`, stampOf(await readLock(checkoutDir), platformHere()));
  await rename(`${file}.new`, file);
};

/** Whether npm's record of what it put into node_modules is exactly what the lock file asks for on this platform. */
export const recordCovers = (lock, record) => {
  const installed = record.packages ?? {};
  for (const [path, wanted] of Object.entries(lock.packages ?? {})) {
    if (path === '') continue;
    const found = installed[path];
    if (found === undefined ? !isForElsewhere(wanted) : !isSame(wanted, found)) return false;
  }
  return Object.keys(installed).every((path) => path in lock.packages);
};

const isSame = (wanted, found) =>
  wanted.version === found.version && wanted.integrity === found.integrity && (wanted.link ?? false) === (found.link ?? false);

// An optional package that names no platform may be absent because the one that needs it is for elsewhere.
const isForElsewhere = (wanted) => {
  if (wanted.optional !== true && wanted.devOptional !== true) return false;
  if (wanted.libc !== undefined || (wanted.os === undefined && wanted.cpu === undefined)) return true;
  return !(allows(wanted.os, process.platform) && allows(wanted.cpu, process.arch));
};

const allows = (list, value) => {
  if (list === undefined) return true;
  const names = [list].flat();
  const denied = names.filter((name) => name.startsWith('!')).map((name) => name.slice(1));
  return denied.length > 0 ? !denied.includes(value) : names.includes(value);
};

const readOrNothing = (path) =>
  readFile(path, 'utf8').catch((error) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
