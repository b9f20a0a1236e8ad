import type { DeviceRecord } from './farm.ts';
import { isAccepted } from './match-needs.ts';
import { byImportance } from './order-devices.ts';
import { isLeaving, putDevice } from './put-device.ts';
import type { Round } from './round.ts';
import { freeStarts } from './weigh-node.ts';

/** Of what waits on each node as much as may start at once, the most important first; never what is still closing elsewhere. */
export const grantStarts = ({ farm, now, decision }: Round): void => {
  const granted: DeviceRecord[] = [];
  for (const record of farm.queues) {
    const { node, waiting } = record;
    if (node === undefined || (node.state !== 'ready' && node.state !== 'cordoned') || !isAccepted(node, farm.policy)) continue;
    let free = freeStarts(record, farm.policy, now);
    if (free <= 0) continue;
    waiting.find((one) => {
      if ((one.device.placed?.notBefore ?? 0) > now || isLeaving(farm, one.device)) return false;
      granted.push(one);
      free -= 1;
      return free === 0;
    });
  }
  for (const { device } of granted.toSorted(byImportance)) {
    if (device.placed === null) continue;
    decision.starts.push({ device: device.id, node: device.placed.node });
    putDevice(farm, { ...device, placed: { ...device.placed, state: 'starting', startedAt: now, leaving: null } });
  }
};
