/** The sockets that devices hold now. A device has one; a second one of the same device is counted, for it means two owners. */
export interface DeviceSockets {
  add: (device: string, socket: DeviceSocket) => void;
  remove: (device: string, socket: DeviceSocket) => void;
  count: (device: string) => number;
  /** How often a device had two sockets at once. */
  overlaps: (device: string) => number;
  /** Whether a page is to load itself anew, which is said once for each of these. */
  isToReload: (device: string, because: string) => boolean;
  /** Faults changed: each socket looks at its own. */
  reconsider: () => void;
}

export interface DeviceSocket {
  reconsider: () => void;
}

export const openDeviceSockets = (): DeviceSockets => {
  const sockets = new Map<string, Set<DeviceSocket>>();
  const overlaps = new Map<string, number>();
  const reloads = new Map<string, string>();
  return {
    add: (device, socket) => {
      const held = sockets.get(device) ?? new Set();
      if (held.size > 0) overlaps.set(device, (overlaps.get(device) ?? 0) + 1);
      sockets.set(device, held.add(socket));
    },
    remove: (device, socket) => {
      const held = sockets.get(device);
      held?.delete(socket);
      if (held?.size === 0) sockets.delete(device);
    },
    count: (device) => sockets.get(device)?.size ?? 0,
    overlaps: (device) => overlaps.get(device) ?? 0,
    isToReload: (device, because) => {
      if (reloads.get(device) === because) return false;
      reloads.set(device, because);
      return true;
    },
    reconsider: () => {
      for (const held of sockets.values()) for (const socket of held) socket.reconsider();
    },
  };
};
