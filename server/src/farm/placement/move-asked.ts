import { chooseCalmNode } from './choose-node.ts';
import type { MoveReason, Refusal } from './decision.ts';
import { nodeRecordOf, type DeviceRecord, type NodeRecord } from './farm.ts';
import { matches } from './match-needs.ts';
import { byImportance, byUnimportance } from './order-devices.ts';
import { findPinned } from './place-displaced.ts';
import { isLeaving } from './put-device.ts';
import { move, type Round } from './round.ts';
import { freeBytes, spareStarts } from './weigh-node.ts';

/** What was put elsewhere by hand, and what needs something its node has not (any more). */
export const moveAsked = (round: Round): void => {
  const { farm, now } = round;
  for (const record of [...farm.asked].toSorted(byImportance)) {
    const { device } = record;
    if (device.placed === null || isOnItsWay(round, record)) continue;
    const pinned = findPinned(farm, record);
    if (pinned !== undefined) {
      if (freeBytes(pinned, farm.policy) < device.expectedBytes) hold(round, record, 'no_room');
      else if (spareStarts(pinned, farm.policy, now) > 0) move(round, record, { to: pinned, why: 'pin' });
      continue;
    }
    const node = nodeRecordOf(farm, device.placed.node).node;
    if (node !== undefined && !matches(node, device)) moveCalmly(round, record, { groupBytes: device.expectedBytes, why: 'needs' });
  }
};

/**
 * Off the draining nodes: of each the least important first, a few at a time. So the chats that members have before
 * them leave last; and arriving, they are the first to be started.
 */
export const drainNodes = (round: Round): void => {
  const { farm } = round;
  for (const from of [...farm.draining].toSorted(byId)) {
    for (const record of [...from.devices].toSorted(byUnimportance)) {
      if (from.leaving.size >= farm.policy.drainsAtOnce) break;
      if (record.standing === 'displaced' || isOnItsWay(round, record)) continue;
      const groupBytes = farm.workspaces.get(record.device.workspace)?.bytesByNode.get(from.id) ?? 0;
      moveCalmly(round, record, { groupBytes, why: 'drain' });
    }
  }
};

const byId = (a: NodeRecord, b: NodeRecord): number => (a.id < b.id ? -1 : 1);

/** Where it is starting, or still closing elsewhere, it is let come up first. */
export const isOnItsWay = ({ farm }: Round, { device }: DeviceRecord): boolean => device.placed?.state === 'starting' || isLeaving(farm, device);

const moveCalmly = (round: Round, record: DeviceRecord, { groupBytes, why }: { groupBytes: number; why: MoveReason }): void => {
  const to = chooseCalmNode(round, { record, groupBytes });
  if (to === 'busy') return;
  if (typeof to === 'string') hold(round, record, to);
  else move(round, record, { to, why });
};

const hold = ({ decision }: Round, { device }: DeviceRecord, why: Refusal): void => {
  decision.held.push({ device: device.id, node: device.placed?.node ?? '', why });
};
