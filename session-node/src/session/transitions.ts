import { followPage } from './follow-page.ts';
import { closeFor, goTo, logOut, nothing, openBrowser, recover, restartBrowser, settle, doing } from './steps.ts';
import type { Ending, Input, Move, Situation } from './situation.ts';

/**
 * The life of a session. `transition` is pure: what is to be done is told as effects, and what came of it arrives as
 * inputs. Each change of state is told, and begins the deadline of the new state (deadlines.ts).
 *
 *   state              entered by                                      left by
 *   stopped            stop, once no browser is left;                  start; log_out (opens, to log out)
 *                      no link in time (no_link)
 *   starting           start: a browser opens, then its page           the page; deadline → again, at last failed
 *   qr                 the page shows a QR                             scanned; code asked; deadline → stopped(no_link)
 *   pairing            a code was asked for or shown                   entered on the phone; deadline → stopped(no_link)
 *   passkey_required   the page demands one                            the page goes on; deadline → stopped(no_link)
 *   authenticating     the phone agreed                                syncing, ready; deadline → again
 *   syncing            history comes; each progress is life            ready; deadline → page, then browser restarted
 *   ready              the page has synced, or is connected again      everything below
 *   degraded           no tick, deaf, no heartbeat, contract broken    well → ready; deadline → page, then browser restarted
 *   reconnecting       network lost; page, browser or build changed;   ready; deadline → browser restarted, at last failed;
 *                      outbox full, asleep or too large (no browser)   drained, woken
 *   logged_out         the phone or log_out ended the link:            start (a fresh profile), stop
 *                      browser gone, profile destroyed
 *   conflict           another browser uses the link: no take-over     start, stop
 *   banned             WhatsApp closed the account                     start, stop
 *   failed             too many failures; profile held or lost;        start, stop
 *                      the page is outdated
 *
 * On the way to a state without a browser the old state stays until the browser is gone (`browser: 'closing'`).
 */
export const transition = (from: Situation, input: Input): Move => {
  const { to, effects } = step(from, input);
  const changed = to.state !== from.state || to.reason !== from.reason || to.progress !== from.progress;
  const told = changed ? [{ do: 'tell', event: changedEvent(to) } as const] : [];
  const moved = changed || to.browser !== from.browser;
  const move: Move = { to, effects: [...told, ...effects, ...(moved ? [{ do: 'arm' } as const] : [])] };
  if (to.stopNext === undefined || to.browser !== 'none') return move;
  const last = transition({ ...to, stopNext: undefined }, { is: 'stop', reason: to.stopNext });
  return { to: last.to, effects: [...move.effects, ...last.effects] };
};

const changedEvent = ({ state, reason, progress }: Situation) => ({
  type: 'session.changed' as const,
  state,
  ...(reason === undefined ? {} : { reason }),
  ...(progress === undefined ? {} : { progress }),
});

const step = (from: Situation, input: Input): Move => {
  if (from.browser === 'closing') return whileClosing(from, input);
  switch (from.state) {
    case 'stopped':
    case 'logged_out':
    case 'conflict':
    case 'banned':
    case 'failed':
      return atRest(from, input);
    default:
      return whileActive(from, input);
  }
};

const atRest = (from: Situation, input: Input): Move => {
  switch (input.is) {
    case 'start':
      return openBrowser({ ...from, state: 'starting', reason: undefined, failures: 0, pageRestarted: false, pairWith: input.pairWith, leaving: false, asleep: false });
    case 'stop':
      return nothing({ ...from, state: 'stopped', reason: input.reason });
    case 'log_out':
      // A link can only be ended by the page that holds it.
      return from.state === 'logged_out' ? nothing(from) : openBrowser({ ...from, state: 'starting', reason: undefined, failures: 0, pageRestarted: false, pairWith: undefined, leaving: true, asleep: false });
    case 'outbox_full':
    case 'outbox_drained':
      return nothing({ ...from, outboxFull: input.is === 'outbox_full' });
    default:
      return nothing(from);
  }
};

const whileClosing = (from: Situation, input: Input): Move => {
  const ending = from.ending ?? { state: 'stopped', reason: 'asked' };
  switch (input.is) {
    case 'browser_gone':
    case 'browser_refused':
      return settle({ ...from, browser: 'none', ending });
    case 'deadline':
      return { to: from, effects: [{ do: 'kill_browser' }, { do: 'arm' }] };
    case 'stop':
      // How the link ended is still told: only what would have gone on is replaced.
      return nothing(isPassing(ending.state) ? { ...from, ending: { state: 'stopped', reason: input.reason }, leaving: false } : { ...from, stopNext: input.reason });
    case 'start':
      return nothing({ ...from, ending: { state: 'starting', reason: undefined }, pairWith: input.pairWith, asleep: false, leaving: false, stopNext: undefined, linked: from.linked && ending.state !== 'logged_out' });
    case 'log_out':
      return nothing(ending.state === 'logged_out' ? from : { ...from, ending: { state: 'starting', reason: undefined }, leaving: true, asleep: false, stopNext: undefined });
    case 'wake':
      return nothing({ ...from, asleep: false });
    case 'outbox_full':
    case 'outbox_drained':
      return nothing({ ...from, outboxFull: input.is === 'outbox_full' });
    default:
      return nothing(from);
  }
};

const isPassing = (state: Ending['state']): boolean => state === 'reconnecting' || state === 'starting' || state === 'stopped';

const whileActive = (from: Situation, input: Input): Move => {
  switch (input.is) {
    case 'told':
      return from.browser === 'open' ? followPage(from, input.news) : nothing(from);
    case 'stop':
      return closeFor(from, { state: 'stopped', reason: input.reason });
    case 'log_out':
      return logOut(from);
    case 'deadline':
      return passDeadline(from);
    case 'ailing':
      return from.state === 'ready' ? nothing({ ...from, state: 'degraded', reason: input.reason }) : nothing(from);
    case 'well':
      return from.state === 'degraded' && from.reason !== 'contract_broken' ? nothing({ ...from, state: 'ready', reason: undefined }) : nothing(from);
    case 'refresh_qr':
      return from.state === 'qr' && from.browser === 'open' ? doing(from, { do: 'refresh_qr' }, { do: 'arm' }) : nothing(from);
    case 'start':
      return from.asleep ? goOn({ ...from, asleep: false }) : nothing(from);
    default:
      return whileOpening(from, input);
  }
};

const whileOpening = (from: Situation, input: Input): Move => {
  switch (input.is) {
    case 'browser_opened':
      return from.browser === 'opening' ? { to: { ...from, browser: 'open', restorable: input.restorable === true }, effects: [{ do: 'open_page' }] } : nothing(from);
    case 'browser_refused':
      if (from.browser !== 'opening') return nothing(from);
      return input.why === 'browser_failed' || input.why === 'memory' ? restartBrowser({ ...from, browser: 'none' }, input.why) : nothing({ ...from, browser: 'none', state: 'failed', reason: input.why, progress: undefined });
    case 'browser_gone':
      return from.browser === 'none' ? nothing(from) : restartBrowser({ ...from, browser: 'none' }, 'browser_died');
    case 'page_failed':
      return from.browser === 'open' ? restartBrowser(from, 'page_died') : nothing(from);
    default:
      return whileHeld(from, input);
  }
};

const whileHeld = (from: Situation, input: Input): Move => {
  switch (input.is) {
    case 'back_off_over':
      return goOn(from);
    case 'outbox_full':
      return closeFor({ ...from, outboxFull: true }, { state: 'reconnecting', reason: 'outbox_full' });
    case 'outbox_drained':
      return from.outboxFull ? goOn({ ...from, outboxFull: false }) : nothing(from);
    case 'sleep':
      return from.state === 'ready' ? closeFor({ ...from, asleep: true }, { state: 'reconnecting', reason: 'asleep' }) : nothing(from);
    case 'wake':
      return from.asleep ? goOn({ ...from, asleep: false }) : nothing(from);
    case 'restart':
      return from.state === 'ready' || from.state === 'degraded' ? closeFor(from, { state: 'reconnecting', reason: input.reason }) : nothing(from);
    case 'rebuild':
      if (from.browser !== 'open' || from.leaving) return nothing(from);
      return closeFor(from, from.linked ? { state: 'reconnecting', reason: from.broken ? 'contract_broken' : undefined } : { state: 'starting', reason: undefined });
    default:
      return nothing(from);
  }
};

const goOn = (from: Situation): Move => (from.state === 'reconnecting' && from.browser === 'none' ? openBrowser(from) : nothing(from));

const passDeadline = (from: Situation): Move => {
  switch (from.state) {
    case 'qr':
    case 'pairing':
    case 'passkey_required':
      return from.leaving ? goTo(from, 'logged_out') : closeFor(from, { state: 'stopped', reason: 'no_link' });
    case 'ready':
      return nothing({ ...from, failures: 0, pageRestarted: false });
    case 'starting':
      // The page said itself that it lacks something: to ask again would not mend it.
      return from.broken ? closeFor(from, { state: 'failed', reason: 'contract_broken' }) : restartBrowser(from, 'deadline');
    case 'degraded':
      return from.reason === 'contract_broken' ? nothing(from) : recover(from, from.reason ?? 'page_stuck');
    case 'reconnecting':
      return from.browser === 'none' ? nothing(from) : restartBrowser(from, from.reason === 'network_lost' ? 'network_lost' : 'deadline');
    case 'authenticating':
    case 'syncing':
      return recover(from, 'deadline');
    default:
      return nothing(from);
  }
};
