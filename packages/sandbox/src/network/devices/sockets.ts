import type { NetworkFrame } from '../../wire/frames.ts';
import type { DeviceRecord } from '../records/device-record.ts';
import type { DeviceSink } from '../network.ts';

/**
 * One socket of a device. A device may hold several; the one that logged in last, or took over, is spoken to, and
 * the others were told of the conflict.
 */
export interface DeviceSocket {
  number: number;
  device: DeviceRecord;
  sink: DeviceSink;
  /** How far the queue was sent on this socket. */
  sent: number;
  /** Where the queue ended at login: `offlineEnd` follows it. */
  offlineEnd?: number;
  flushing: boolean;
  available: boolean;
  /** Was told of a conflict, and hears nothing until it takes over. */
  passive: boolean;
  /** What is not said while the server gives no ticks. */
  withheld: (() => void)[];
}

export interface Sockets {
  /** Makes it the one that is spoken to; answers the one that was. */
  front: (socket: DeviceSocket) => DeviceSocket | undefined;
  remove: (socket: DeviceSocket) => void;
  active: (device: string) => DeviceSocket | undefined;
  of: (device: string) => DeviceSocket[];
  all: () => DeviceSocket[];
  send: (device: string, frame: NetworkFrame) => void;
}

export const openSockets = (): Sockets => {
  const held = new Map<string, DeviceSocket[]>();
  const of = (device: string): DeviceSocket[] => held.get(device) ?? [];
  const active = (device: string): DeviceSocket | undefined => held.get(device)?.findLast(({ passive }) => !passive);
  return {
    front: (socket) => {
      const { device } = socket.device;
      const before = of(device).find((one) => one !== socket && !one.passive);
      if (before !== undefined) before.passive = true;
      held.set(device, [...of(device).filter((one) => one !== socket), socket]);
      return before;
    },
    remove: (socket) => {
      const { device } = socket.device;
      const left = of(device).filter((one) => one !== socket);
      if (left.length === 0) held.delete(device);
      else held.set(device, left);
    },
    active,
    of,
    all: () => [...held.values()].flat(),
    send: (device, frame) => active(device)?.sink.send(frame),
  };
};
