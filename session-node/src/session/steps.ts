import type { SessionReason } from '@waxos/contract/node-link/events';
import type { ProfileEnd } from '../browser/browser-door.ts';
import type { Effect, Ending, Move, Situation } from './situation.ts';

/** So often in a row, and it is failed: a quarter of an hour with the back-off between, and a night where it is linked. */
const failuresMax = 8;
const failuresMaxLinked = 100;

export const nothing = (to: Situation): Move => ({ to, effects: [] });
export const doing = (to: Situation, ...effects: Effect[]): Move => ({ to, effects });

/** Unless something holds it: then it waits without one. */
export const openBrowser = (from: Situation): Move => {
  if (from.outboxFull) return nothing({ ...from, state: 'reconnecting', reason: 'outbox_full', progress: undefined });
  if (from.asleep) return nothing({ ...from, state: 'reconnecting', reason: 'asleep', progress: undefined });
  const waited = from.reason === 'outbox_full' || from.reason === 'asleep';
  return doing({ ...from, reason: waited ? undefined : from.reason, browser: 'opening', broken: false, pageReady: false, progress: undefined }, { do: 'open_browser' });
};

/** Ends the browser; the state follows when it is gone. Without one it is there at once. */
export const closeFor = (from: Situation, ending: Ending, profile: ProfileEnd = 'keep'): Move => {
  if (from.browser === 'none') return settle({ ...from, ending });
  return doing({ ...from, browser: 'closing', ending }, { do: 'close_browser', profile });
};

/** The link is gone: what is left of it goes with the profile, once. */
export const goTo = (from: Situation, state: 'logged_out'): Move => closeFor(from, { state, reason: undefined }, 'destroy');

/** No browser is left: the state it was ending for begins. */
export const settle = (from: Situation): Move => {
  const { ending } = from;
  if (ending === undefined) return nothing(from);
  const after: Situation = { ...from, ending: undefined, state: ending.state, reason: ending.reason, progress: undefined };
  if (ending.state === 'starting') return openBrowser({ ...after, failures: 0, pageRestarted: false });
  if (ending.state === 'reconnecting') return comeBack(after);
  return nothing({ ...after, leaving: false, asleep: false, pairWith: undefined, linked: ending.state !== 'logged_out' && after.linked });
};

const comeBack = (from: Situation): Move => {
  if (from.outboxFull || from.asleep || from.failures === 0) return openBrowser(from);
  return doing(from, { do: 'back_off', failures: from.failures });
};

export const restartBrowser = (from: Situation, reason: SessionReason): Move => {
  const failed = { ...from, failures: from.failures + 1, pageRestarted: false };
  // A network that is away, or a node that is full, is no failure of the session: it waits as long as it takes.
  const tired = failed.failures > (from.linked ? failuresMaxLinked : failuresMax) && reason !== 'network_lost' && reason !== 'memory';
  return closeFor(failed, { state: tired ? 'failed' : 'reconnecting', reason });
};

/** The page first, which takes a second; where that did not help, the browser. */
export const recover = (from: Situation, reason: SessionReason): Move => {
  if (from.pageRestarted || from.browser !== 'open') return restartBrowser(from, reason);
  return doing({ ...from, state: 'reconnecting', reason, progress: undefined, pageRestarted: true, pageReady: false, broken: false }, { do: 'open_page' }, { do: 'arm' });
};

export const logOut = (from: Situation): Move => {
  switch (from.state) {
    case 'ready':
    case 'degraded':
      return leave(from);
    case 'qr':
    case 'pairing':
    case 'passkey_required':
    case 'authenticating':
      return from.browser === 'open' ? goTo(from, 'logged_out') : nothing({ ...from, leaving: true });
    default: {
      const leaving = { ...from, leaving: true, asleep: false };
      return from.browser === 'none' ? openBrowser(leaving) : nothing(leaving);
    }
  }
};

/** Says it to WhatsApp first; the profile goes whether or not that was heard. */
export const leave = (from: Situation): Move => {
  const { to, effects } = goTo(from, 'logged_out');
  return { to, effects: [{ do: 'log_out' }, ...effects] };
};
