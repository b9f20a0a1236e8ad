import type { DeviceRecord, Waiting } from '../records/device-record.ts';
import { emptyState } from '../records/network-state.ts';
import type { World } from './world.ts';

interface Outside {
  /** The time of the entry that is being folded. */
  at: () => number;
  touch: (account: string) => void;
  /** Something waits in the device's queue. */
  filled: (device: DeviceRecord) => void;
}

/** Queues are filled here, and nowhere else. */
export const openWorld = ({ at, touch, filled }: Outside): World => {
  const push = (device: DeviceRecord, what: Waiting): void => {
    device.last += 1;
    device.waiting.push({ n: device.last, at: at(), ...what });
    filled(device);
  };
  return {
    state: emptyState(),
    touch: ({ account }) => touch(account),
    queue: push,
    tell: (account, render, { except, message } = {}) => {
      touch(account.account);
      if (account.removed || account.devices.size === 0 || (account.devices.size === 1 && except !== undefined && account.devices.has(except))) return;
      const stanza = render();
      for (const device of account.devices.values()) {
        if (device.device !== except) push(device, message === undefined ? { stanza } : { stanza, message });
      }
    },
  };
};
