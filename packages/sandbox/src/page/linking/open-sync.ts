import type { NetworkFrame, PageManners } from '../../wire/frames.ts';
import type { Stanza } from '../../wire/stanzas.ts';
import type { App } from '../app.ts';
import { openInbox } from './open-inbox.ts';

export interface Sync {
  begin: (welcome: Extract<NetworkFrame, { t: 'welcome' }>) => void;
  take: (n: number, stanza: Stanza) => void;
  offlineEnd: () => void;
  stop: () => void;
}

/**
 * Takes what was queued for the device. Says `hasSynced` when history and, as the manners have it, the offline batch
 * are in.
 */
export const openSync = (app: App, manners: () => PageManners): Sync => {
  let round = 0;
  let waits = { history: false, offline: false, time: false };
  let expected = 0;
  let done = 0;

  const tellProgress = (percent: number): void => {
    app.offline.progress = percent;
    app.cmd.trigger('offline_progress_update_from_bridge');
  };
  const kept = async (stanzas: readonly Stanza[]): Promise<void> => {
    done += stanzas.length;
    if (!app.socket.hasSynced && expected > 0) tellProgress(Math.min(100, Math.round((done / expected) * 100)));
    if (!waits.history || !stanzas.some((stanza) => stanza.s === 'history' && stanza.history.last)) return;
    await app.threads.load(manners().messagesInMemory);
    waits.history = false;
  };
  const settle = (): void => {
    const offlineIn = !manners().offlineBeforeSync || (!waits.offline && inbox.isEmpty());
    if (app.socket.hasSynced || app.socket.state !== 'CONNECTED' || waits.history || waits.time || !offlineIn) return;
    if (expected > 0) tellProgress(100);
    app.socket.set({ hasSynced: true, stream: 'CONNECTED' });
    inbox.drain();
  };
  const inbox = openInbox(app, {
    held: (stanza) => !app.socket.hasSynced && !manners().offlineBeforeSync && !waits.history && stanza.s !== 'history',
    kept,
    emptied: settle,
  });

  return {
    begin: ({ waiting, history }) => {
      const mine = ++round;
      inbox.clear();
      // Every connection ends in a sync of its own; that it begins is told to no one.
      app.socket.hasSynced = false;
      expected = waiting;
      done = 0;
      const { syncMs } = manners();
      waits = { history, offline: true, time: syncMs > 0 };
      if (syncMs === 0) return settle();
      setTimeout(() => {
        if (mine !== round) return;
        waits.time = false;
        settle();
      }, syncMs);
    },
    take: inbox.put,
    offlineEnd: () => {
      waits.offline = false;
      settle();
    },
    stop: () => {
      round += 1;
      inbox.clear();
    },
  };
};
