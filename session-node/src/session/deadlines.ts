import type { DeviceState } from '@waxos/contract/devices';
import type { Situation } from './situation.ts';

const second = 1_000;
const minute = 60 * second;

const byState: Record<DeviceState, number | undefined> = {
  stopped: undefined,
  logged_out: undefined,
  conflict: undefined,
  banned: undefined,
  failed: undefined,
  starting: 90 * second,
  // A browser that nobody scans costs as much as one that works.
  qr: 10 * minute,
  pairing: 6 * minute,
  passkey_required: 15 * minute,
  authenticating: 90 * second,
  // Begins anew with every progress: a large account syncs for long, a stuck one does not move.
  syncing: 3 * minute,
  // After this it counts as steady, and its failures are forgotten.
  ready: 2 * minute,
  degraded: minute,
  reconnecting: 3 * minute,
};

const closingMs = 30 * second;
const openingMs = 3 * minute;

/** How long it may stay as it is; undefined: as long as nothing happens. */
export const deadlineOf = (situation: Situation): number | undefined => {
  if (situation.browser === 'closing') return closingMs;
  if (situation.state === 'reconnecting' && situation.browser === 'none') return undefined;
  // It may have to wait for its turn among many.
  if (situation.browser === 'opening') return openingMs;
  // A restart brings no other page: what it lacks it will lack again.
  if (situation.state === 'degraded' && situation.reason === 'contract_broken') return undefined;
  return byState[situation.state];
};
