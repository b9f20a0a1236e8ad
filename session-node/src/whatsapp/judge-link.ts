import type { DriverEvent } from './driver.ts';

/** What the states of the page's socket mean, each told once. It knows nothing of the page but what it is told. */
export interface LinkJudge {
  state: (state: string, linked: boolean) => void;
  loggedOut: () => void;
  progress: (progress: number) => void;
  qr: (qr: string) => void;
  ready: (event: Extract<DriverEvent, { type: 'ready' }>) => void;
  /** A new document: it becomes ready anew. */
  reloaded: () => void;
  refreshed: () => void;
  isEnded: () => boolean;
}

const firstQrMs = 60_000;
const nextQrMs = 20_000;
const ends: Record<string, 'conflict' | 'banned' | 'outdated'> = { CONFLICT: 'conflict', TOS_BLOCK: 'banned', SMB_TOS_BLOCK: 'banned', PROXYBLOCK: 'banned', DEPRECATED_VERSION: 'outdated' };

export const judgeLink = (tell: (event: DriverEvent) => void, now: () => number): LinkJudge => {
  const is = { linked: false, ended: false, ready: false, up: true, authenticating: false, idle: false };
  const qrs = countQrs(now);
  let lastProgress = -1;
  const end = (how: Extract<DriverEvent, { type: 'ended' }>['how']): void => {
    if (is.ended) return;
    is.ended = true;
    tell({ type: 'ended', how });
  };
  const connection = (up: boolean): void => {
    if (!is.ready || is.up === up) return;
    is.up = up;
    tell({ type: 'connection', up });
  };
  const unpaired = (idle: boolean): void => {
    if (is.linked) return end('unpaired');
    if (idle && !is.idle) tell({ type: 'idle' });
    if (idle) qrs.again();
    is.idle = idle;
  };
  return {
    isEnded: () => is.ended,
    loggedOut: () => end('logged_out'),
    state: (state, linked) => {
      if (is.ended) return;
      is.linked ||= linked;
      const how = ends[state];
      if (how !== undefined) return end(how);
      if (state === 'UNPAIRED' || state === 'UNPAIRED_IDLE') return unpaired(state === 'UNPAIRED_IDLE');
      if (state === 'OPENING' || state === 'TIMEOUT') connection(false);
      if (state === 'CONNECTED') connection(true);
      if ((!linked && state !== 'PAIRING') || is.ready || is.authenticating) return;
      is.authenticating = true;
      tell({ type: 'authenticating' });
    },
    progress: (progress) => {
      const whole = Math.max(0, Math.min(100, Math.round(progress)));
      if (is.ended || is.ready || whole === lastProgress) return;
      lastProgress = whole;
      tell({ type: 'syncing', progress: whole });
    },
    qr: (qr) => {
      const expiresAt = is.ended || is.linked ? undefined : qrs.next(qr);
      if (expiresAt !== undefined) tell({ type: 'qr', qr, expiresAt });
    },
    ready: (event) => {
      if (is.ended || is.ready) return;
      Object.assign(is, { ready: true, up: true, linked: true });
      tell(event);
    },
    reloaded: () => {
      Object.assign(is, { ready: false, authenticating: false });
      lastProgress = -1;
    },
    refreshed: () => {
      is.idle = false;
      qrs.again();
    },
  };
};

/** The first QR of a series is shown longer than those after it. */
const countQrs = (now: () => number): { next: (qr: string) => number | undefined; again: () => void } => {
  let [last, shown] = ['', 0];
  return {
    next: (qr) => {
      // A page without a ref yet gives one that begins with 'undefined'.
      if (qr === last || qr.startsWith('undefined')) return undefined;
      last = qr;
      shown += 1;
      return now() + (shown === 1 ? firstQrMs : nextQrMs);
    },
    again: () => {
      shown = 0;
    },
  };
};
