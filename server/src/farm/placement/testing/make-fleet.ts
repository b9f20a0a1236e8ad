import { NODE_PROTOCOL } from '@waxos/contract/node-link/frames';
import type { FarmNode, PlacedAt, Snapshot, WantedDevice } from '../snapshot.ts';

export const mb = 1_024 * 1_024;
export const minute = 60_000;

/** The same numbers each time, from 0 to 1. */
export const openDice = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** A node that has been there for long, with room for some forty sessions. */
export const makeNode = (id: string, more: Partial<FarmNode> = {}): FarmNode => ({
  id,
  budgetBytes: 4_000 * mb,
  usedBytes: 50 * mb,
  kinds: ['whatsapp', 'sandbox'],
  labels: [],
  region: '',
  version: '1',
  protocol: NODE_PROTOCOL,
  state: 'ready',
  joinedAt: -1_000 * minute,
  starting: 0,
  ...more,
});

/** A device of a workspace of its own. */
export const makeDevice = (id: string, more: Partial<WantedDevice> = {}): WantedDevice => ({
  id,
  workspace: `of ${id}`,
  kind: 'whatsapp',
  expectedBytes: 100 * mb,
  labels: [],
  region: '',
  activeChats: 0,
  lastActiveAt: 0,
  pin: null,
  placed: null,
  ...more,
});

/** Up for long. */
export const runningOn = (node: string, more: Partial<PlacedAt> = {}): PlacedAt => ({ node, state: 'running', since: -1_000 * minute, startedAt: 0, notBefore: 0, leaving: null, ...more });

export const makeSnapshot = (nodes: readonly FarmNode[], devices: readonly WantedDevice[], more: Partial<Snapshot> = {}): Snapshot => ({ now: 0, nodes, devices, limits: [], moves: [], ...more });

/** A fleet of any kind: some nodes gone or going, some devices up, some in between, some nowhere. */
export const makeRandomFleet = (random: () => number, now: number): Snapshot => {
  const below = (end: number): number => Math.floor(random() * end);
  const pick = <T>(list: readonly [T, ...T[]]): T => list[below(list.length)] ?? list[0];
  const nodes = Array.from({ length: 1 + below(8) }, (_, i) =>
    makeNode(`n${i}`, {
      budgetBytes: (500 + below(3_000)) * mb,
      labels: random() < 0.3 ? ['fast'] : [],
      region: pick(['', 'eu', 'us']),
      kinds: random() < 0.1 ? ['sandbox'] : ['whatsapp', 'sandbox'],
      state: pick(['ready', 'ready', 'ready', 'ready', 'cordoned', 'draining', 'lost']),
      protocol: random() < 0.05 ? NODE_PROTOCOL + 1 : NODE_PROTOCOL,
      joinedAt: now - below(30) * minute,
    }),
  );
  const devices = Array.from({ length: below(120) }, (_, i) =>
    makeDevice(`d${i}`, {
      workspace: `w${below(25)}`,
      kind: random() < 0.2 ? 'sandbox' : 'whatsapp',
      expectedBytes: (60 + below(140)) * mb,
      labels: random() < 0.1 ? ['fast'] : [],
      region: random() < 0.15 ? pick(['eu', 'us']) : '',
      activeChats: random() < 0.2 ? 1 + below(4) : 0,
      lastActiveAt: now - below(500) * minute,
      pin: random() < 0.05 ? `n${below(9)}` : null,
      placed: random() < 0.5 ? null : { node: `n${below(nodes.length + 1)}`, state: pick(['running', 'running', 'starting', 'waiting']), since: now - below(60) * minute, startedAt: now - below(60_000), notBefore: 0, leaving: null },
    }),
  );
  const measured = nodes.map((node) => ({ ...node, usedBytes: 50 * mb + devices.filter(({ placed }) => placed?.node === node.id && placed.state === 'running').reduce((sum, { expectedBytes }) => sum + Math.round(expectedBytes * (0.7 + 0.5 * random())), 0) }));
  return makeSnapshot(measured, devices, { now, limits: [{ workspace: 'w1', devicesMax: 3, bytesMax: 1_000_000 * mb }, { workspace: 'w2', devicesMax: 100, bytesMax: 300 * mb }] });
};
