import { balanceNodes } from './balance-nodes.ts';
import type { Decision } from './decision.ts';
import { openFarm, type Farm } from './farm.ts';
import { grantStarts } from './grant-starts.ts';
import { drainNodes, moveAsked } from './move-asked.ts';
import { placeDisplaced } from './place-displaced.ts';
import { usualPolicy, type Policy } from './policy.ts';
import { putDevice, putLimit } from './put-device.ts';
import { putNode } from './put-node.ts';
import { openRound } from './round.ts';
import type { Snapshot } from './snapshot.ts';
import { ripen } from './weigh-node.ts';

/** What is to be done now, of the whole farm at one sight. */
export const decide = (snapshot: Snapshot, policy: Policy = usualPolicy): Decision => decideNext(readFarm(snapshot, policy), snapshot.now);

/** A farm to be kept up to date with `putNode`, `putDevice` and the like, and decided upon again and again. */
export const readFarm = ({ nodes, devices, limits, moves }: Omit<Snapshot, 'now'>, policy: Policy = usualPolicy): Farm => {
  const farm = openFarm(policy);
  for (const limit of limits) putLimit(farm, limit);
  for (const node of nodes) putNode(farm, node);
  for (const device of devices) putDevice(farm, device);
  for (const { from, to, at } of moves.toSorted((a, b) => a.at - b.at)) for (const node of [from, to]) farm.nodes.get(node)?.movedAt.push(at);
  return farm;
};

/**
 * What is to be done now. It is entered into the farm as done: where carrying it out fails, the device is put again
 * as it is. What runs nowhere comes first, and moves of what runs take what is left.
 */
export const decideNext = (farm: Farm, now: number): Decision => {
  ripen(farm, now);
  const round = openRound(farm, now);
  placeDisplaced(round);
  moveAsked(round);
  drainNodes(round);
  balanceNodes(round);
  grantStarts(round);
  return round.decision;
};
