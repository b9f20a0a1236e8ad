import type { Refusal } from './decision.ts';
import type { DeviceRecord, NodeList, NodeRecord } from './farm.ts';
import { isOpen, matches, nodesFor } from './match-needs.ts';
import type { Round } from './round.ts';
import { freeBytes, loadBy, spareStarts } from './weigh-node.ts';

interface Wish {
  record: DeviceRecord;
  /** Of its workspace, this device included, as far as it is to be placed with it. */
  groupBytes: number;
}

/**
 * Where a device goes: to the node that has most of its workspace; else to the one that is the least loaded
 * afterwards, of those with room for all of the workspace that is to be placed, else of those with room for itself.
 */
export const chooseNode = (round: Round, { record, groupBytes }: Wish): NodeRecord | Refusal => {
  const { farm, full, tight } = round;
  const bytes = record.device.expectedBytes;
  const list = nodesFor(farm, record.device);
  if (list.size() === 0) return farm.open.size() === 0 ? 'no_node' : 'no_label';
  const home = findHome(round, record);
  if (home !== undefined) return home;
  if (bytes >= (full.get(list) ?? Infinity)) return 'no_room';
  if (groupBytes > bytes && groupBytes < (tight.get(list) ?? Infinity)) {
    // Room that was promised to other workspaces is not counted, so that these stay together too.
    const together = findLightest(list, groupBytes, (node) => freeBytes(node, farm.policy) - node.promisedBytes >= groupBytes);
    if (together !== undefined) return together;
    tight.set(list, groupBytes);
  }
  const found = findLightest(list, bytes, (node) => freeBytes(node, farm.policy) >= bytes);
  if (found === undefined) full.set(list, bytes);
  return found ?? 'no_room';
};

/** The same for one that runs: it moves only where it is started at once, or else stays until it is. */
export const chooseCalmNode = (round: Round, { record, groupBytes }: Wish): NodeRecord | Refusal | 'busy' => {
  const { farm, now, busy } = round;
  const bytes = record.device.expectedBytes;
  const target = chooseNode(round, { record, groupBytes });
  if (typeof target === 'string' || spareStarts(target, farm.policy, now) > 0) return target;
  if (farm.workspaces.get(record.device.workspace)?.bytesByNode.has(target.id) === true) return 'busy';
  const list = nodesFor(farm, record.device);
  if (bytes >= (busy.get(list) ?? Infinity)) return 'busy';
  const found = findLightest(list, bytes, (node) => freeBytes(node, farm.policy) >= bytes && spareStarts(node, farm.policy, now) > 0);
  if (found === undefined) busy.set(list, bytes);
  return found ?? 'busy';
};

const findHome = ({ farm }: Round, { device }: DeviceRecord): NodeRecord | undefined => {
  let best: { node: NodeRecord; bytes: number } | undefined;
  for (const [id, bytes] of farm.workspaces.get(device.workspace)?.bytesByNode ?? []) {
    const node = farm.nodes.get(id);
    if (node?.node === undefined || !isOpen(node, farm.policy) || !matches(node.node, device)) continue;
    if (freeBytes(node, farm.policy) < device.expectedBytes) continue;
    if (best === undefined || bytes > best.bytes || (bytes === best.bytes && id < best.node.id)) best = { node, bytes };
  }
  return best?.node;
};

/** Bytes are less load on a large node; but the walk ends where a node is more loaded before than the best afterwards. */
const findLightest = (list: NodeList, bytes: number, passes: (node: NodeRecord) => boolean): NodeRecord | undefined => {
  let best: NodeRecord | undefined;
  let least = Infinity;
  list.find((node) => {
    if (node.load >= least) return true;
    const load = node.load + loadBy(node, bytes);
    if (load >= least || !passes(node)) return false;
    best = node;
    least = load;
    return false;
  });
  return best;
};
