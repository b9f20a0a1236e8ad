import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, readlink, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ProfileHeld } from './browser-door.ts';
import { killTree } from './kill-tree.ts';
import { findProcess, type ProcessMark } from './read-processes.ts';

/**
 * Who may use a profile: a file per lease in `claims/`, named by its epoch, of which one at most is in use.
 *
 *   none ──link──▶ in use ──release──▶ released (remembers the epoch: an older lease stays out)
 *                    ├──its processes are proved dead──▶ replaced by a newer epoch
 *                    └──nothing is known of them──▶ undead: a newer epoch goes on beside it, on a copy, until one is sure
 *
 * Chromium's own Singleton files cannot do this: they say nothing across hosts, and a headless shell has none.
 */
export interface ProfileClaim {
  /** Older leases whose holders are not known to be dead: what they have open is left to them. */
  undead: readonly number[];
  /** The browser that now writes in the profile. */
  note: (browser: ProcessMark) => Promise<void>;
  release: () => Promise<void>;
  /** Its folder is gone, and the claim with it. */
  forget: () => void;
  /** No newer lease has come since. */
  isNewest: () => Promise<boolean>;
}

interface Wanted {
  /** The folder that the claims are in, the same for whoever may ask. */
  deviceDir: string;
  epoch: number;
  node: string;
  kind: 'whatsapp' | 'sandbox';
  /** Somebody knows that whoever held it is dead, though this host cannot see it. */
  ownerDead?: boolean | undefined;
}

const markSchema = z.object({ pid: z.number(), startTicks: z.number() });
const recordSchema = z.object({
  node: z.string(),
  kind: z.enum(['whatsapp', 'sandbox']),
  host: z.string(),
  boot: z.string(),
  pidSpace: z.string(),
  process: markSchema,
  browser: markSchema.optional(),
  released: z.boolean(),
});
type ClaimRecord = z.infer<typeof recordSchema>;
type Claim = ClaimRecord & { epoch: number };

/** Those of this very process, which proves nothing dead by being alive itself. */
const heldHere = new Set<string>();

export const claimProfile = async (wanted: Wanted): Promise<ProfileClaim> => {
  const dir = join(wanted.deviceDir, 'claims');
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const own = await describeSelf(wanted);
  const before = await readClaims(dir);
  if (heldHere.has(wanted.deviceDir)) throw new ProfileHeld('This node has the profile open already.');
  const undead: number[] = [];
  for (const claim of before) if ((await demandFree(claim, { wanted, own })) === 'undead') undead.push(claim.epoch);
  await write(dir, { ...own, epoch: wanted.epoch }, before.some((claim) => claim.epoch === wanted.epoch));
  const settled = new Set(before.map((claim) => claim.epoch));
  const rivals = (await readClaims(dir)).filter((claim) => claim.epoch !== wanted.epoch && !settled.has(claim.epoch));
  if (rivals.length > 0) {
    // Neither knows which of the two saw the other first, so both step back and may ask again.
    await rm(join(dir, `${wanted.epoch}.json`), { force: true });
    throw new ProfileHeld('Another node asked for the same profile at the same time.');
  }
  await Promise.all(before.filter(({ epoch }) => epoch < wanted.epoch && !undead.includes(epoch)).map((claim) => rm(join(dir, `${claim.epoch}.json`), { force: true })));
  heldHere.add(wanted.deviceDir);
  let record: ClaimRecord = own;
  const save = async (changed: Partial<ClaimRecord>): Promise<void> => {
    record = { ...record, ...changed };
    await write(dir, { ...record, epoch: wanted.epoch }, true);
  };
  return {
    undead,
    isNewest: async () => (await readClaims(dir)).every(({ epoch }) => epoch <= wanted.epoch),
    note: (browser) => save({ browser: { pid: browser.pid, startTicks: browser.startTicks } }),
    release: async () => {
      await save({ released: true }).finally(() => heldHere.delete(wanted.deviceDir));
    },
    forget: () => {
      heldHere.delete(wanted.deviceDir);
    },
  };
};

/** Throws where somebody uses it who is known to live; a browser that an earlier run of this node left is killed first. */
const demandFree = async (claim: Claim, { wanted, own }: { wanted: Wanted; own: ClaimRecord }): Promise<'free' | 'undead'> => {
  if (claim.kind !== wanted.kind) throw new ProfileHeld(`This profile is of a ${claim.kind} device, and a device’s kind cannot change.`);
  if (claim.epoch > wanted.epoch) throw new ProfileHeld('A newer lease holds this profile.');
  if (claim.epoch === wanted.epoch && claim.node !== wanted.node) throw new ProfileHeld('Another node holds this profile under the same lease.');
  if (claim.released) return 'free';
  const holder = await judgeHolder(claim, own);
  if (holder === 'dead') return 'free';
  // One lease, two hosts: neither can be told from the other afterwards.
  if (holder === 'alive' || claim.epoch === wanted.epoch) throw new ProfileHeld('Whoever held this profile before is not known to be dead.');
  return wanted.ownerDead === true ? 'free' : 'undead';
};

const judgeHolder = async (claim: Claim, own: ClaimRecord): Promise<'dead' | 'alive' | 'unknown'> => {
  if (claim.host !== own.host) return 'unknown';
  // The machine has started anew since; or the container, whose processes all ended with it.
  if (claim.boot !== own.boot) return 'dead';
  if (claim.pidSpace !== own.pidSpace) return claim.node === own.node ? 'dead' : 'unknown';
  const isSelf = claim.process.pid === own.process.pid && claim.process.startTicks === own.process.startTicks;
  if (!isSelf && isRunning(claim.process)) return 'alive';
  if (claim.browser !== undefined) await killTree(claim.browser);
  return 'dead';
};

const isRunning = (mark: ProcessMark): boolean => findProcess(mark.pid)?.startTicks === mark.startTicks;

const describeSelf = async ({ node, kind }: Wanted): Promise<ClaimRecord> => ({
  node,
  kind,
  host: hostname(),
  boot: (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')).trim(),
  pidSpace: await readlink('/proc/self/ns/pid').catch(() => ''),
  process: { pid: process.pid, startTicks: findProcess(process.pid)?.startTicks ?? 0 },
  released: false,
});

const readClaims = async (dir: string): Promise<Claim[]> => {
  const names = (await readdir(dir)).filter((name) => /^\d+\.json$/.test(name));
  return Promise.all(names.map(async (name) => ({ ...recordSchema.parse(JSON.parse(await readFile(join(dir, name), 'utf8'))), epoch: Number.parseInt(name, 10) })));
};

/** Whole or not at all, and never over another's unless that was judged. */
const write = async (dir: string, { epoch, ...record }: Claim, replace: boolean): Promise<void> => {
  const path = join(dir, `${epoch}.json`);
  const draft = join(dir, `${randomUUID()}.draft`);
  await writeFile(draft, JSON.stringify(record), { mode: 0o600, flush: true });
  if (replace) return rename(draft, path);
  try {
    await link(draft, path);
  } catch (error) {
    throw new ProfileHeld('Another node asked for the same profile at the same time.', { cause: error });
  } finally {
    await rm(draft, { force: true });
  }
};
