import { EVENT_WINDOW, type GlimpseFrame } from '@waxos/contract/node-link/frames';

/**
 * What tells of a moment only, such as who types. It never waits: without a connection, behind half a window of events,
 * or past what a device may tell in a second, it is dropped.
 */
export interface Glimpser {
  begin: (wire: (frame: GlimpseFrame) => void) => void;
  end: () => void;
  tell: (frame: GlimpseFrame) => void;
}

interface GlimpserOptions {
  inFlight: () => { events: number };
  now: () => number;
}

/** So many at once of a device, and so many a second on the whole. */
const burst = 8;
const perSecond = 4;

export const openGlimpser = ({ inFlight, now }: GlimpserOptions): Glimpser => {
  const allowances = new Map<string, { left: number; at: number }>();
  let wire: ((frame: GlimpseFrame) => void) | undefined;
  const isAllowed = (device: string): boolean => {
    const { left, at } = allowances.get(device) ?? { left: burst, at: now() };
    const allowed = Math.min(burst, left + ((now() - at) / 1_000) * perSecond);
    allowances.set(device, { left: allowed < 1 ? allowed : allowed - 1, at: now() });
    return allowed >= 1;
  };
  return {
    begin: (line) => {
      wire = line;
    },
    end: () => {
      wire = undefined;
      allowances.clear();
    },
    tell: (frame) => {
      if (wire === undefined || inFlight().events > EVENT_WINDOW / 2 || !isAllowed(frame.device)) return;
      wire(frame);
    },
  };
};
