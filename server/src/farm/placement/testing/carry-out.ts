import type { Decision } from '../decision.ts';
import type { PlacedAt, Snapshot, WantedDevice } from '../snapshot.ts';

/** The fleet as it is once a decision has been begun: told independently of how decisions are made. */
export const carryOut = (snapshot: Snapshot, { placements, moves, starts }: Decision): Snapshot => {
  const { now } = snapshot;
  const states = new Map(snapshot.nodes.map(({ id, state }) => [id, state]));
  const isThere = (node: string | null): boolean => node !== null && states.has(node) && states.get(node) !== 'lost';
  const devices = new Map(snapshot.devices.map((device) => [device.id, device]));
  const put = (id: string, placed: (device: WantedDevice) => PlacedAt): void => {
    const device = devices.get(id);
    if (device === undefined) throw new Error(`${id} is not wanted`);
    devices.set(id, { ...device, placed: placed(device) });
  };
  for (const { device, node } of placements) put(device, () => ({ node, state: 'waiting', since: now, startedAt: 0, notBefore: 0, leaving: null }));
  for (const { device, from, to, why } of moves) {
    put(device, ({ placed }) => {
      if (placed?.node !== from) throw new Error(`${device} is not on ${from}`);
      const up = placed.state === 'running' && why !== 'lost';
      const closing = up ? from : placed.leaving;
      return { node: to, state: 'waiting', since: now, startedAt: 0, notBefore: up ? 0 : placed.notBefore, leaving: isThere(closing) ? closing : null };
    });
  }
  for (const { device, node } of starts) {
    put(device, ({ placed }) => {
      if (placed?.node !== node || placed.state !== 'waiting' || isThere(placed.leaving)) throw new Error(`${device} cannot be started on ${node}`);
      return { ...placed, state: 'starting', startedAt: now, leaving: null };
    });
  }
  const live = moves.filter(({ why }) => why !== 'lost').map(({ from, to }) => ({ from, to, at: now }));
  return { ...snapshot, devices: [...devices.values()], moves: [...snapshot.moves, ...live] };
};

/** What was closing is closed, what was starting is up, and what is up is measured. */
export const letPass = (snapshot: Snapshot, ms: number): Snapshot => {
  const now = snapshot.now + ms;
  const devices = snapshot.devices.map((device): WantedDevice => {
    const { placed } = device;
    if (placed === null) return device;
    return { ...device, placed: { ...placed, leaving: null, state: placed.state === 'starting' ? 'running' : placed.state } };
  });
  const nodes = snapshot.nodes.map((node) => ({ ...node, usedBytes: devices.reduce((sum, { placed, expectedBytes }) => sum + (placed?.node === node.id && placed.state === 'running' ? expectedBytes : 0), 0) }));
  return { ...snapshot, now, nodes, devices };
};

/** Bytes that a node is meant to hold, those of sessions that still close there included. */
export const committedOn = (snapshot: Snapshot, id: string): number => {
  const node = snapshot.nodes.find((one) => one.id === id);
  let expected = 0;
  let pending = 0;
  for (const { placed, expectedBytes } of snapshot.devices) {
    if (placed?.node === id) expected += expectedBytes;
    if (placed?.leaving === id) expected += expectedBytes;
    if (placed?.node === id && placed.state !== 'running') pending += expectedBytes;
  }
  return Math.max(expected, (node?.usedBytes ?? 0) + pending);
};
