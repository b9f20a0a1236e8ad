import { expect, test } from 'vitest';
import { decide, decideNext, readFarm } from './decide.ts';
import type { Decision } from './decision.ts';
import { usualPolicy } from './policy.ts';
import { putDevice } from './put-device.ts';
import { dropNode, putNode } from './put-node.ts';
import type { Snapshot, WantedDevice } from './snapshot.ts';
import { carryOut, letPass } from './testing/carry-out.ts';
import { makeDevice, makeNode, makeSnapshot, mb, minute, runningOn } from './testing/make-fleet.ts';

const many = (count: number, make: (i: number) => Partial<WantedDevice> = () => ({})): WantedDevice[] => Array.from({ length: count }, (_, i) => makeDevice(`d${String(i).padStart(3, '0')}`, make(i)));
const nodesOf = ({ placements, moves }: Decision): string[] => [...placements.map(({ node }) => node), ...moves.map(({ to }) => to)];
const countOn = (snapshot: Snapshot, node: string): number => snapshot.devices.filter(({ placed }) => placed?.node === node).length;
/** Decides every five seconds for so long. */
const run = (snapshot: Snapshot, ms: number): { after: Snapshot; decisions: Decision[] } => {
  const decisions: Decision[] = [];
  let after = snapshot;
  for (const end = snapshot.now + ms; after.now < end; ) {
    const decision = decide(after);
    decisions.push(decision);
    after = letPass(carryOut(after, decision), 5_000);
  }
  return { after, decisions };
};

test('devices of many workspaces spread evenly over equal nodes', () => {
  const after = carryOut(makeSnapshot([makeNode('a'), makeNode('b'), makeNode('c')], many(30)), decide(makeSnapshot([makeNode('a'), makeNode('b'), makeNode('c')], many(30))));
  expect(['a', 'b', 'c'].map((node) => countOn(after, node))).toEqual([10, 10, 10]);
});

test('a node twice as large takes twice as many', () => {
  const before = makeSnapshot([makeNode('a', { usedBytes: 0 }), makeNode('b', { budgetBytes: 8_000 * mb, usedBytes: 0 })], many(30));
  const after = carryOut(before, decide(before));
  expect([countOn(after, 'a'), countOn(after, 'b')]).toEqual([10, 20]);
});

test('a workspace stays together, on a node that has room for all of it', () => {
  const nodes = [makeNode('a', { usedBytes: 1_000 * mb }), makeNode('b', { budgetBytes: 2_000 * mb, usedBytes: 0 })];
  expect(new Set(nodesOf(decide(makeSnapshot(nodes, many(25, () => ({ workspace: 'w' }))))))).toEqual(new Set(['a']));
  expect(new Set(nodesOf(decide(makeSnapshot(nodes, many(5, () => ({ workspace: 'w' }))))))).toEqual(new Set(['b']));
});

test('a workspace that is too large for any node is spread over as few as it needs', () => {
  const nodes = ['a', 'b', 'c', 'd'].map((id) => makeNode(id, { budgetBytes: 2_000 * mb }));
  const decision = decide(makeSnapshot(nodes, many(30, () => ({ workspace: 'w' }))));
  expect(decision.unplaced).toEqual([]);
  expect(new Set(nodesOf(decision)).size).toBe(2);
});

test('a device that comes later joins its workspace', () => {
  const devices = [...many(9, (i) => ({ placed: runningOn('a'), ...(i === 0 ? { workspace: 'w' } : {}) })), makeDevice('late', { workspace: 'w' })];
  expect(decide(makeSnapshot([makeNode('a'), makeNode('b')], devices)).placements).toEqual([{ device: 'late', node: 'a' }]);
});

test('workspaces that are placed at once do not take the room from each other', () => {
  const nodes = ['a', 'b', 'c'].map((id) => makeNode(id, { budgetBytes: 1_100 * mb }));
  const decision = decide(makeSnapshot(nodes, many(30, (i) => ({ workspace: `w${i % 3}` })).slice(0, 27)));
  for (const workspace of [0, 1, 2]) expect(new Set(decision.placements.filter((_, i) => i % 3 === workspace).map(({ node }) => node)).size).toBe(1);
});

test('room that was promised to a workspace and taken by another is not kept for it any longer', () => {
  const nodes = [makeNode('a', { usedBytes: 3_330 * mb, starting: 4 }), makeNode('b', { usedBytes: 3_400 * mb, starting: 4 })];
  const devices = [makeDevice('first', { workspace: 'w', lastActiveAt: 3 }), makeDevice('by hand', { expectedBytes: 150 * mb, pin: 'a', lastActiveAt: 2 }), makeDevice('second', { workspace: 'w', expectedBytes: 200 * mb, lastActiveAt: 1 })];
  const farm = readFarm(makeSnapshot(nodes, devices));
  expect(nodesOf(decideNext(farm, 0))).toEqual(['a', 'a', 'b']);
  putDevice(farm, makeDevice('third', { expectedBytes: 50 * mb }));
  expect(nodesOf(decideNext(farm, 1))).toEqual(['a']);
});

test('where there is no room for all, those with chats before members run, then the lately active', () => {
  const devices = many(6, (i) => ({ lastActiveAt: i, activeChats: i === 0 ? 1 : 0 }));
  const decision = decide(makeSnapshot([makeNode('a', { budgetBytes: 420 * mb })], devices));
  expect(decision.placements.map(({ device }) => device)).toEqual(['d000', 'd005', 'd004']);
  expect(decision.unplaced).toEqual(['d003', 'd002', 'd001'].map((device) => ({ device, why: 'no_room' })));
});

test('it is said why a device runs nowhere', () => {
  const why = (snapshot: Snapshot): (string | undefined)[] => decide(snapshot).unplaced.map((one) => one.why);
  const [device] = many(1);
  if (device === undefined) throw new Error('no device');
  expect(why(makeSnapshot([], [device]))).toEqual(['no_node']);
  for (const state of ['cordoned', 'draining', 'lost'] as const) expect(why(makeSnapshot([makeNode('a', { state })], [device]))).toEqual(['no_node']);
  expect(why(makeSnapshot([makeNode('a', { protocol: 99 })], [device]))).toEqual(['no_node']);
  expect(decide(makeSnapshot([makeNode('a', { version: '1.2' })], [device]), { ...usualPolicy, refusedVersions: ['1.2'] }).unplaced).toEqual([{ device: 'd000', why: 'no_node' }]);
  expect(why(makeSnapshot([makeNode('a')], [{ ...device, labels: ['fast'] }]))).toEqual(['no_label']);
  expect(why(makeSnapshot([makeNode('a', { region: 'us' })], [{ ...device, region: 'eu' }]))).toEqual(['no_label']);
  expect(why(makeSnapshot([makeNode('a', { kinds: ['sandbox'] })], [device]))).toEqual(['no_label']);
  expect(why(makeSnapshot([makeNode('a', { usedBytes: 3_900 * mb })], [device]))).toEqual(['no_room']);
});

test('a workspace has no more devices running than it may, the most important of them', () => {
  const devices = many(5, (i) => ({ workspace: 'w', lastActiveAt: i }));
  const snapshot = makeSnapshot([makeNode('a')], devices, { limits: [{ workspace: 'w', devicesMax: 3, bytesMax: Infinity }] });
  const decision = decide(snapshot);
  expect(decision.placements.map(({ device }) => device)).toEqual(['d004', 'd003', 'd002']);
  expect(decision.unplaced.map(({ why }) => why)).toEqual(['over_limit', 'over_limit']);
  expect(decide({ ...snapshot, limits: [{ workspace: 'w', devicesMax: 9, bytesMax: 250 * mb }] }).placements).toHaveLength(2);
});

test('a restart of hundreds starts a few at a time, those with chats before members first', () => {
  const devices = many(30, (i) => ({ activeChats: i >= 28 ? 1 : 0, lastActiveAt: i, placed: runningOn('a', { state: 'waiting' }) }));
  const { after, decisions } = run(makeSnapshot([makeNode('a')], devices), 60_000);
  expect(decisions.map(({ starts }) => starts.length).slice(0, 9)).toEqual([4, 4, 4, 4, 4, 4, 4, 2, 0]);
  expect(decisions.flatMap(({ starts }) => starts.map(({ device }) => device)).slice(0, 3)).toEqual(['d029', 'd028', 'd027']);
  expect(after.devices.every(({ placed }) => placed?.state === 'running')).toBe(true);
});

test('a start that failed waits until it may be tried again, and one that nobody heard of again holds nobody up', () => {
  const failed = makeDevice('failed', { placed: runningOn('a', { state: 'waiting', notBefore: 10_000 }) });
  const snapshot = makeSnapshot([makeNode('a')], [failed]);
  expect(decide(snapshot).starts).toEqual([]);
  expect(decide({ ...snapshot, now: 10_000 }).starts).toHaveLength(1);
  const stuck = many(5, (i) => ({ placed: runningOn('a', { state: i < 4 ? 'starting' : 'waiting' }) }));
  expect(decide(makeSnapshot([makeNode('a')], stuck)).starts).toEqual([]);
  expect(decide(makeSnapshot([makeNode('a')], stuck, { now: usualPolicy.startMs })).starts).toEqual([{ device: 'd004', node: 'a' }]);
});

test('what a node starts by itself takes from what it is given to start', () => {
  const devices = many(9, () => ({ placed: runningOn('a', { state: 'waiting' }) }));
  expect(decide(makeSnapshot([makeNode('a', { starting: 3 })], devices)).starts).toHaveLength(1);
});

test("a dead node's sessions are spread over the rest at once, and start in the order of their importance", () => {
  const devices = [...many(30, (i) => ({ lastActiveAt: i, activeChats: i === 3 ? 2 : 0, placed: runningOn('dead') })), makeDevice('other', { placed: runningOn('a') })];
  const decision = decide(makeSnapshot([makeNode('a'), makeNode('b'), makeNode('c'), makeNode('dead', { state: 'lost' })], devices));
  expect(decision.moves).toHaveLength(30);
  expect(new Set(decision.moves.map(({ why }) => why))).toEqual(new Set(['lost']));
  expect(['a', 'b', 'c'].map((node) => decision.moves.filter(({ to }) => to === node).length)).toEqual([10, 10, 10]);
  expect(decision.moves.slice(0, 3).map(({ device }) => device)).toEqual(['d003', 'd029', 'd028']);
  expect(decision.starts.slice(0, 3).map(({ device }) => device)).toEqual(['d003', 'd029', 'd028']);
  expect(decision.starts).toHaveLength(12);
});

test('devices placed on a node that nobody knows are placed anew', () => {
  const snapshot = makeSnapshot([makeNode('a'), makeNode('gone')], many(3, () => ({ placed: runningOn('gone') })));
  const farm = readFarm(snapshot);
  expect(decideNext(farm, 0).moves).toEqual([]);
  dropNode(farm, 'gone');
  expect(decideNext(farm, 1).moves.map(({ from, to }) => [from, to])).toEqual([['gone', 'a'], ['gone', 'a'], ['gone', 'a']]);
});

test('a draining node is emptied one by one, active chats last; nothing is started before its old node has closed it', () => {
  const devices = many(5, (i) => ({ lastActiveAt: 9 - i, activeChats: i === 2 ? 1 : 0, placed: runningOn('a') }));
  const snapshot = makeSnapshot([makeNode('a', { state: 'draining' }), makeNode('b')], devices);
  const first = decide(snapshot);
  expect([first.moves, first.starts]).toEqual([[{ device: 'd004', from: 'a', to: 'b', why: 'drain' }], []]);
  const closing = carryOut(snapshot, first);
  expect([decide(closing).moves, decide(closing).starts]).toEqual([[], []]);
  const { after, decisions } = run(snapshot, 60_000);
  expect(decisions.flatMap(({ moves }) => moves.map(({ device }) => device))).toEqual(['d004', 'd003', 'd001', 'd000', 'd002']);
  expect(countOn(after, 'a')).toBe(0);
  expect(after.devices.every(({ placed }) => placed?.state === 'running')).toBe(true);
});

test('a draining node without room elsewhere keeps its sessions running, and says so', () => {
  const snapshot = makeSnapshot([makeNode('a', { state: 'draining' }), makeNode('b', { usedBytes: 3_950 * mb })], many(2, () => ({ placed: runningOn('a') })));
  const decision = decide(snapshot);
  expect(decision.moves).toEqual([]);
  expect(decision.held).toEqual([{ device: 'd001', node: 'a', why: 'no_room' }, { device: 'd000', node: 'a', why: 'no_room' }]);
});

test('a draining node waits where others have their hands full with starts', () => {
  const waiting = many(8, () => ({ placed: runningOn('b', { state: 'waiting' }) }));
  const snapshot = makeSnapshot([makeNode('a', { state: 'draining' }), makeNode('b')], [...waiting, makeDevice('up', { placed: runningOn('a') })]);
  expect(decide(snapshot).moves).toEqual([]);
  expect(run(snapshot, 30_000).after.devices.find(({ id }) => id === 'up')?.placed?.node).toBe('b');
});

test('what waits on a draining node goes at once', () => {
  const snapshot = makeSnapshot([makeNode('a', { state: 'draining' }), makeNode('b')], many(3, () => ({ placed: runningOn('a', { state: 'waiting' }) })));
  expect(decide(snapshot).moves.map(({ why }) => why)).toEqual(['drain', 'drain', 'drain']);
});

test('a cordoned node keeps what it has, and gets nothing more', () => {
  const devices = [...many(3, () => ({ placed: runningOn('a') })), makeDevice('new'), makeDevice('back', { placed: runningOn('a', { state: 'waiting' }) })];
  const decision = decide(makeSnapshot([makeNode('a', { state: 'cordoned' }), makeNode('b', { usedBytes: 3_000 * mb })], devices));
  expect([decision.moves, decision.placements]).toEqual([[], [{ device: 'new', node: 'b' }]]);
  expect(decision.starts).toContainEqual({ device: 'back', node: 'a' });
});

test('a device moved by hand goes there and stays, until that node is gone', () => {
  const nodes = [makeNode('a'), makeNode('b', { usedBytes: 2_500 * mb, state: 'cordoned' }), makeNode('c')];
  const snapshot = makeSnapshot(nodes, [makeDevice('d', { pin: 'b', activeChats: 3, placed: runningOn('a') })]);
  const { after, decisions } = run(snapshot, 5 * minute);
  expect(decisions.flatMap(({ moves }) => moves)).toEqual([{ device: 'd', from: 'a', to: 'b', why: 'pin' }]);
  const without = run({ ...after, nodes: after.nodes.map((node) => (node.id === 'b' ? { ...node, state: 'lost' } : node)) }, 5 * minute);
  expect(without.decisions.flatMap(({ moves }) => moves)).toEqual([{ device: 'd', from: 'b', to: 'a', why: 'lost' }]);
  expect(run({ ...without.after, nodes }, minute).decisions.flatMap(({ moves }) => moves)).toEqual([{ device: 'd', from: 'a', to: 'b', why: 'pin' }]);
});

test('a device that was given a region moves there', () => {
  const nodes = [makeNode('a', { region: 'us' }), makeNode('b', { region: 'eu' })];
  expect(decide(makeSnapshot(nodes, [makeDevice('d', { region: 'eu', placed: runningOn('a') })])).moves).toEqual([{ device: 'd', from: 'a', to: 'b', why: 'needs' }]);
  expect(decide(makeSnapshot(nodes, [makeDevice('d', { region: 'asia', placed: runningOn('a') })])).held).toEqual([{ device: 'd', node: 'a', why: 'no_label' }]);
});

test('a new node takes a fair share, slowly, and no chat that members have before them', () => {
  const devices = many(60, (i) => ({ activeChats: i % 6 === 0 ? 1 : 0, placed: runningOn(i % 2 === 0 ? 'a' : 'b') }));
  const snapshot = letPass(makeSnapshot([makeNode('a'), makeNode('b'), makeNode('new', { joinedAt: 0 })], devices), 0);
  const soon = run(snapshot, 2 * minute);
  expect(countOn(soon.after, 'new')).toBeLessThanOrEqual(2 * usualPolicy.movesPerMinute);
  const { after, decisions } = run(soon.after, 15 * minute);
  const moved = [...soon.decisions, ...decisions].flatMap(({ moves }) => moves);
  expect(countOn(after, 'new')).toBe(15);
  expect(moved).toHaveLength(15);
  expect(moved.some(({ device }) => Number(device.slice(1)) % 6 === 0)).toBe(false);
});

test('new devices do not all fall upon a new node', () => {
  const devices = [...many(40, (i) => ({ placed: runningOn(i % 2 === 0 ? 'a' : 'b') })), ...Array.from({ length: 20 }, (_, i) => makeDevice(`new${i}`))];
  const snapshot = makeSnapshot([makeNode('a'), makeNode('b'), makeNode('young', { joinedAt: 0 })], devices);
  expect(nodesOf(decide(snapshot)).filter((node) => node === 'young').length).toBeLessThan(4);
  expect(nodesOf(decide({ ...snapshot, now: 60 * minute })).filter((node) => node === 'young').length).toBeGreaterThan(15);
});

test('a node that outgrew its budget is relieved of the least important', () => {
  const devices = many(20, (i) => ({ lastActiveAt: i, placed: runningOn('a') }));
  const [move, ...rest] = decide(makeSnapshot([makeNode('a', { usedBytes: 3_990 * mb }), makeNode('b', { usedBytes: 3_500 * mb })], devices)).moves;
  expect(move).toEqual({ device: 'd000', from: 'a', to: 'b', why: 'pressure' });
  expect(rest).toEqual([]);
});

test('a workspace is not torn apart for balance, unless all of it can follow', () => {
  const large = many(20, () => ({ workspace: 'large', placed: runningOn('a') }));
  expect(decide(makeSnapshot([makeNode('a'), makeNode('b')], large)).moves).toEqual([]);
  const small = many(20, (i) => ({ workspace: `w${Math.floor(i / 2)}`, placed: runningOn('a') }));
  const { after } = run(letPass(makeSnapshot([makeNode('a'), makeNode('b')], small), 0), 10 * minute);
  expect(countOn(after, 'b')).toBeGreaterThanOrEqual(6);
  for (const node of ['a', 'b']) expect(countOn(after, node) % 2).toBe(0);
});

test('heartbeats that waver move nothing', () => {
  const farm = readFarm(makeSnapshot([makeNode('a'), makeNode('b')], many(60, (i) => ({ placed: runningOn(i % 2 === 0 ? 'a' : 'b') }))));
  for (let now = 0; now < 120 * minute; now += minute) {
    putNode(farm, makeNode('a', { usedBytes: (3_000 + 250 * Math.sin(now)) * mb }));
    putNode(farm, makeNode('b', { usedBytes: (3_000 + 250 * Math.cos(now)) * mb }));
    expect(decideNext(farm, now).moves).toEqual([]);
  }
});

test('what a decision said is not said again, unless it is put again as it was', () => {
  const [device] = many(1);
  if (device === undefined) throw new Error('no device');
  const farm = readFarm(makeSnapshot([makeNode('a')], [device]));
  expect(decideNext(farm, 0)).toMatchObject({ placements: [{ node: 'a' }], starts: [{ node: 'a' }] });
  expect(decideNext(farm, 1)).toMatchObject({ placements: [], starts: [] });
  putDevice(farm, device);
  expect(decideNext(farm, 2)).toMatchObject({ placements: [{ node: 'a' }] });
});
