import type { Stanza } from '../../wire/stanzas.ts';
import type { App } from '../app.ts';
import { applyStanzas } from '../stanzas/apply-stanza.ts';

export interface Inbox {
  put: (n: number, stanza: Stanza) => void;
  /** Goes on with what was held back. */
  drain: () => void;
  isEmpty: () => boolean;
  clear: () => void;
}

interface InboxOptions {
  /** Whether a stanza has to wait, and with it everything behind it. */
  held: (stanza: Stanza) => boolean;
  kept: (stanzas: readonly Stanza[]) => Promise<void>;
  emptied: () => void;
}

/** So many stanzas are kept in one transaction. */
const batchMax = 100;

/** Keeps stanzas in their order, in transactions, and only then says `kept`: what was not kept comes again. */
export const openInbox = (app: App, { held, kept, emptied }: InboxOptions): Inbox => {
  let waiting: { n: number; stanza: Stanza }[] = [];
  let draining = false;

  const takeBatch = (): { n: number; stanza: Stanza }[] => {
    const stop = waiting.findIndex(({ stanza }) => held(stanza));
    return waiting.splice(0, Math.min(batchMax, stop === -1 ? waiting.length : stop));
  };
  const drain = async (): Promise<void> => {
    if (draining) return;
    draining = true;
    try {
      for (let batch = takeBatch(); batch.length > 0; batch = takeBatch()) {
        const stanzas = batch.map(({ stanza }) => stanza);
        await applyStanzas(app, stanzas);
        app.line.send({ t: 'kept', upTo: batch.at(-1)?.n ?? 0 });
        await kept(stanzas);
      }
    } finally {
      draining = false;
      emptied();
    }
  };
  return {
    put: (n, stanza) => {
      waiting.push({ n, stanza });
      void drain().catch(reportError);
    },
    drain: () => void drain().catch(reportError),
    isEmpty: () => waiting.length === 0 && !draining,
    clear: () => void (waiting = []),
  };
};
