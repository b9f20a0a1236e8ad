import type { WireChat } from '../../wire/stanzas.ts';
import type { App } from '../app.ts';
import type { Batch } from '../threads/open-batch.ts';

/** What every stanza is applied with. */
export interface Applying {
  app: App;
  batch: Batch;
  /** The chat as it will be kept at the end of this batch. */
  draft: (address: string) => WireChat;
  dropDraft: (address: string) => void;
}
