import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { demandSeen, type Check, type Finding } from './finding.ts';

/** Licences under which a package may be handed on inside Waxos, as SPDX writes them. */
const allowed = new Set([
  '0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'CC-BY-4.0', 'ISC', 'MIT', 'MIT-0', 'MPL-2.0', 'OFL-1.1', 'PostgreSQL', 'Python-2.0', 'Unlicense', 'Zlib',
]);

/** Packages whose package.json names no licence or a wrong one, and why they may stay. */
const exceptions: Record<string, string> = {
  async: 'version 0.2.10 is MIT, named in an old form; fluent-ffmpeg of whatsapp-web.js brings it',
  'node-webpmux': 'LGPL; whatsapp-web.js brings it as a package of its own, which stays unchanged and replaceable',
  'xmlhttprequest-ssl': 'MIT, named in an old form and in its LICENSE; engine.io-client brings it',
};

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), license: z.string().optional(), dev: z.boolean().default(false), link: z.boolean().default(false) }),
  ),
});

/** Judges what `npm ci --omit=dev` could install, on any platform: the lock file knows them all. */
export const judgeLicences = (lockText: string, reasons: Record<string, string> = exceptions): { findings: Finding[]; names: Set<string> } => {
  const { packages } = lockSchema.parse(JSON.parse(lockText));
  const names = new Set<string>();
  const findings: Finding[] = [];
  for (const [path, { version, license, dev, link }] of Object.entries(packages)) {
    const name = path.split('node_modules/').at(-1) ?? path;
    // Our own workspaces stand in the lock file without node_modules in their path.
    if (dev || link || !path.includes('node_modules/')) continue;
    names.add(name);
    if (license !== undefined && isAllowed(license)) continue;
    if (reasons[name] === undefined) findings.push({ file: 'package-lock.json', message: `${name} ${version ?? ''}: ${license ?? 'no licence named'} is not on the list` });
  }
  const idle = Object.keys(reasons).filter((name) => !names.has(name));
  return { findings: [...findings, ...idle.map((name) => ({ message: `the exception for ${name} is not needed any more` }))], names };
};

/** `(MIT OR GPL-3.0)` leaves the choice; `MIT AND ISC` demands both. */
const isAllowed = (expression: string): boolean =>
  expression
    .replaceAll(/[()]/g, '')
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((part) => allowed.has(part.trim())));

export const checkLicences: Check = {
  name: 'licences',
  async run(root) {
    const { findings, names } = judgeLicences(await readFile(resolve(root, 'package-lock.json'), 'utf8'));
    return { findings: [...findings, ...demandSeen(names, ['zod', 'fastify', 'postgres', 'react'])], examined: `${names.size} packages` };
  },
};
