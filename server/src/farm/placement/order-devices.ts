import type { DeviceRecord } from './farm.ts';

/** The most important first: those whose chats members have before them, then the lately active. Never equal. */
export const byImportance = ({ device: a }: DeviceRecord, { device: b }: DeviceRecord): number => {
  if (a.activeChats !== b.activeChats) return b.activeChats - a.activeChats;
  if (a.lastActiveAt !== b.lastActiveAt) return b.lastActiveAt - a.lastActiveAt;
  return a.id < b.id ? -1 : 1;
};

export const byUnimportance = (a: DeviceRecord, b: DeviceRecord): number => -byImportance(a, b);

/** The first few of an order, without sorting them all. */
export const firstOf = (devices: Iterable<DeviceRecord>, count: number): DeviceRecord[] => {
  const best: DeviceRecord[] = [];
  for (const device of devices) {
    let at = best.length;
    for (let above = best[at - 1]; above !== undefined && byImportance(device, above) < 0; above = best[at - 1]) at -= 1;
    if (at >= count) continue;
    best.splice(at, 0, device);
    if (best.length > count) best.pop();
  }
  return best;
};
