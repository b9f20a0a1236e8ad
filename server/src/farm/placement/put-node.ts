import { nodeRecordOf, type Farm, type NodeRecord } from './farm.ts';
import { enlist } from './match-needs.ts';
import { judgeStanding } from './put-device.ts';
import type { FarmNode } from './snapshot.ts';
import { weigh } from './weigh-node.ts';

/** A node came, or told something new of itself. */
export const putNode = (farm: Farm, node: FarmNode): void => {
  const record = nodeRecordOf(farm, node.id);
  const before = record.node;
  record.node = node;
  if (before?.joinedAt !== node.joinedAt) farm.young.add(record);
  weigh(record);
  if (before === undefined || !isSameButForLoad(before, node)) reopen(farm, record);
};

/** Nobody speaks of it any more; devices still placed there are as those of a lost node. */
export const dropNode = (farm: Farm, id: string): void => {
  const record = farm.nodes.get(id);
  if (record === undefined) return;
  record.node = undefined;
  farm.young.delete(record);
  reopen(farm, record);
  if (record.devices.size === 0 && record.leaving.size === 0) farm.nodes.delete(id);
};

const reopen = (farm: Farm, record: NodeRecord): void => {
  enlist(farm, record);
  if (record.node?.state === 'draining') farm.draining.add(record);
  else farm.draining.delete(record);
  for (const device of [...record.devices, ...record.leaving]) judgeStanding(farm, device);
};

/** Heartbeats change what is used every few seconds, and hardly ever more. */
const isSameButForLoad = (a: FarmNode, b: FarmNode): boolean =>
  a.state === b.state && a.version === b.version && a.protocol === b.protocol && a.region === b.region && a.labels.join() === b.labels.join() && a.kinds.join() === b.kinds.join();
