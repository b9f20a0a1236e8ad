import type { NetworkFrame, PageManners } from '../../wire/frames.ts';
import type { Stanza } from '../../wire/stanzas.ts';
import type { App } from '../app.ts';
import { applyStanzas } from '../stanzas/apply-stanza.ts';

export interface Sync {
  begin: (welcome: Extract<NetworkFrame, { t: 'welcome' }>) => void;
  take: (n: number, stanza: Stanza) => void;
  offlineEnd: () => void;
  stop: () => void;
}

/** So many stanzas are kept in one transaction. */
const batchMax = 100;

/**
 * Takes what was queued for the device, keeps it, and only then says `kept`: what was not kept comes again. Says
 * `hasSynced` when history and, as the manners have it, the offline batch are in.
 */
export const openSync = (app: App, manners: () => PageManners): Sync => {
  let inbox: { n: number; stanza: Stanza }[] = [];
  let draining = false;
  let round = 0;
  let waits = { history: false, offline: false, time: false };
  let expected = 0;
  let done = 0;

  const held = (stanza: Stanza): boolean => !app.socket.hasSynced && !manners().offlineBeforeSync && !waits.history && stanza.s !== 'history';

  const drain = async (): Promise<void> => {
    if (draining) return;
    draining = true;
    try {
      for (;;) {
        const stop = inbox.findIndex(({ stanza }) => held(stanza));
        const batch = inbox.splice(0, Math.min(batchMax, stop === -1 ? inbox.length : stop));
        const last = batch.at(-1);
        if (last === undefined) return;
        await applyStanzas(app, batch.map(({ stanza }) => stanza));
        app.line.send({ t: 'kept', upTo: last.n });
        progress(batch.length);
        if (batch.some(({ stanza }) => stanza.s === 'history' && stanza.history.last)) await historyIn();
      }
    } finally {
      draining = false;
      settle();
    }
  };
  const progress = (count: number): void => {
    if (app.socket.hasSynced || expected === 0) return;
    done += count;
    tellProgress(Math.min(100, Math.round((done / expected) * 100)));
  };
  const tellProgress = (percent: number): void => {
    app.offline.progress = percent;
    app.cmd.trigger('offline_progress_update_from_bridge');
  };
  const historyIn = async (): Promise<void> => {
    if (waits.history) await app.threads.load(manners().messagesInMemory);
    waits.history = false;
  };
  const settle = (): void => {
    const offlineIn = !manners().offlineBeforeSync || (!waits.offline && inbox.length === 0);
    if (app.socket.hasSynced || app.socket.state !== 'CONNECTED' || waits.history || waits.time || !offlineIn) return;
    if (expected > 0) tellProgress(100);
    app.socket.set({ hasSynced: true, stream: 'CONNECTED' });
    void drain();
  };

  return {
    begin: ({ waiting, history }) => {
      const mine = ++round;
      inbox = [];
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
    take: (n, stanza) => {
      inbox.push({ n, stanza });
      void drain().catch(reportError);
    },
    offlineEnd: () => {
      waits.offline = false;
      if (!draining) settle();
    },
    stop: () => {
      round += 1;
      inbox = [];
    },
  };
};
