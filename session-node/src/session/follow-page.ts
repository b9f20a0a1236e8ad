import type { DeviceState } from '@waxos/contract/devices';
import { closeFor, goTo, leave, nothing, recover, doing } from './steps.ts';
import type { Effect, Move, PageNews, Situation } from './situation.ts';

const linking: readonly DeviceState[] = ['starting', 'qr', 'pairing', 'passkey_required', 'authenticating', 'reconnecting'];
const working: readonly DeviceState[] = ['ready', 'degraded'];

/** What the page tells, while its browser is open. What does not fit the state is passed over: pages say things twice. */
export const followPage = (from: Situation, news: PageNews): Move => {
  switch (news.type) {
    case 'qr':
      return showQr(from, { type: 'session.qr', qr: news.qr, expiresAt: news.expiresAt });
    case 'code':
      return showCode(from, { type: 'session.code', code: news.code, expiresAt: news.expiresAt });
    case 'passkey':
      return linking.includes(from.state) ? nothing(into(from, 'passkey_required')) : nothing(from);
    case 'authenticating':
      return linking.includes(from.state) ? nothing(into(from, 'authenticating')) : nothing(from);
    case 'syncing':
      return sync(from, Math.min(100, Math.max(0, Math.round(news.progress))));
    case 'ready':
      return becomeReady(from, { type: 'session.linked', me: news.me, pushName: news.pushName, platform: news.platform });
    case 'connection':
      return followConnection(from, news.up);
    case 'ended':
      return end(from, news.how);
    case 'dead':
      return news.what === 'page' ? recover(from, 'page_died') : recover({ ...from, pageRestarted: true }, 'browser_died');
    case 'broken':
      return working.includes(from.state) ? nothing({ ...into(from, 'degraded'), reason: 'contract_broken', broken: true }) : nothing({ ...from, broken: true });
    case 'idle':
      // No QR is left until somebody asks for one; the deadline of the state runs on.
      return nothing(from);
  }
};

const into = (from: Situation, state: DeviceState): Situation => ({ ...from, state, reason: undefined, progress: undefined });

type Told = Extract<Effect, { do: 'tell' }>['event'];

const showQr = (from: Situation, event: Told): Move => {
  // A page that was just loaded and says nothing of a logout may only have lost what it stored: an earlier copy is tried
  // once. Where the link is over after all it shows the QR again.
  if (from.linked && from.restorable && !from.leaving && !from.pageReady) return closeFor({ ...from, restorable: false }, { state: 'reconnecting', reason: 'profile_lost' }, 'replace');
  // An invalid link shows as a QR (the library never says auth_failure with LocalAuth).
  if (from.linked || from.leaving) return goTo(from, 'logged_out');
  if (working.includes(from.state)) return nothing(from);
  if (from.state === 'pairing') return nothing(from);
  if (from.pairWith !== undefined) return doing(into(from, 'pairing'), { do: 'request_code', phone: from.pairWith });
  return doing(into(from, 'qr'), { do: 'tell', event });
};

const showCode = (from: Situation, event: Told): Move => (linking.includes(from.state) ? doing(into(from, 'pairing'), { do: 'tell', event }) : nothing(from));

const sync = (from: Situation, progress: number): Move => {
  if (from.state !== 'syncing' && !linking.includes(from.state)) return nothing(from);
  return doing({ ...into(from, 'syncing'), progress }, ...(progress === from.progress ? [] : [{ do: 'arm' } as const]));
};

const becomeReady = (from: Situation, event: Told): Move => {
  if (from.leaving) return leave({ ...from, linked: true });
  if (from.state === 'ready' || (from.state === 'degraded' && from.reason === 'contract_broken')) return nothing(from);
  const ready = { ...into(from, 'ready'), linked: true, pageReady: true, pairWith: undefined };
  const effects: Effect[] = [{ do: 'tell', event }, { do: 'catch_up' }];
  return from.broken ? doing({ ...ready, state: 'degraded', reason: 'contract_broken' }, ...effects) : doing(ready, ...effects);
};

const followConnection = (from: Situation, up: boolean): Move => {
  if (!up) return working.includes(from.state) ? nothing({ ...into(from, 'reconnecting'), reason: 'network_lost' }) : nothing(from);
  const wasLost = from.state === 'reconnecting' && from.reason === 'network_lost' && from.pageReady;
  if (!wasLost) return nothing(from);
  if (from.leaving) return leave(from);
  return doing(from.broken ? { ...into(from, 'degraded'), reason: 'contract_broken' } : into(from, 'ready'), { do: 'catch_up' });
};

const end = (from: Situation, how: Extract<PageNews, { type: 'ended' }>['how']): Move => {
  switch (how) {
    case 'logged_out':
    case 'unpaired':
      return goTo(from, 'logged_out');
    case 'conflict':
      return closeFor(from, { state: 'conflict', reason: undefined });
    case 'banned':
      return closeFor(from, { state: 'banned', reason: undefined });
    case 'outdated':
      return closeFor(from, { state: 'failed', reason: 'contract_broken' });
  }
};
