import { openNodeList, type Farm, type NeedsList, type NodeList, type NodeRecord } from './farm.ts';
import type { Policy } from './policy.ts';
import type { FarmNode, WantedDevice } from './snapshot.ts';

export const matches = (node: FarmNode, { kind, region, labels }: NeedsList['needs']): boolean =>
  node.kinds.includes(kind) && (region === '' || region === node.region) && labels.every((label) => node.labels.includes(label));

/** A node of another protocol cannot be told anything, one of a refused version is not to be. */
export const isAccepted = ({ protocol, version }: FarmNode, policy: Policy): boolean => protocol === policy.protocol && !policy.refusedVersions.includes(version);

export const isOpen = ({ node }: NodeRecord, policy: Policy): boolean => node?.state === 'ready' && isAccepted(node, policy);

/** Few needs are different, so the nodes of each stand in a list of their own. */
export const nodesFor = (farm: Farm, { kind, region, labels }: WantedDevice): NodeList => {
  const key = labels.length === 0 ? `${kind} ${region}` : `${kind} ${region} ${labels.toSorted().join(' ')}`;
  const known = farm.byNeeds.get(key);
  if (known !== undefined) return known.nodes;
  const made: NeedsList = { needs: { kind, region, labels }, nodes: openNodeList() };
  farm.byNeeds.set(key, made);
  for (const record of farm.nodes.values()) if (record.node !== undefined && isOpen(record, farm.policy) && matches(record.node, made.needs)) enter(record, made.nodes);
  return made.nodes;
};

/** Puts a node into the lists it belongs to now, and out of all others. */
export const enlist = (farm: Farm, record: NodeRecord): void => {
  for (const list of record.lists.splice(0)) list.take(record);
  const { node } = record;
  if (node === undefined || !isOpen(record, farm.policy)) return;
  enter(record, farm.open);
  for (const { needs, nodes } of farm.byNeeds.values()) if (matches(node, needs)) enter(record, nodes);
};

const enter = (record: NodeRecord, list: NodeList): void => {
  record.lists.push(list);
  list.put(record);
};
