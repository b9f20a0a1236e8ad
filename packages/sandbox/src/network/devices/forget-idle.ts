import type { Core } from '../core.ts';

const DAY_MS = 86_400_000;
/** As long as WhatsApp keeps the link, and the queue, of a device that does not come. */
const IDLE_MS = 30 * DAY_MS;
const LOOK_AGAIN_MS = 3_600_000;

/** Ends the link of devices that have long not been there: their queues would grow for ever. Looks now, and every hour. */
export const forgetIdleDevices = (core: Core): void => {
  // First of all: what goes wrong below is tried again.
  core.after(LOOK_AGAIN_MS, () => forgetIdleDevices(core));
  const since = core.now() - IDLE_MS;
  for (const { account, device, unlinked, sockets, lastSeenAt } of core.state.devices.values()) {
    if (unlinked === undefined && sockets.size === 0 && lastSeenAt < since) core.happen({ e: 'device.unlinked', account, device, reason: 'unpaired' });
  }
};
