import type { WireHistory } from '../../wire/stanzas.ts';
import type { Applying } from './applying.ts';

/** What the phone hands over at link, or later on demand: kept, and no event is fired for any of it. */
export const applyHistory = async ({ app, batch, draft }: Applying, history: WireHistory): Promise<void> => {
  for (const put of history.contacts) batch.write({ store: 'contacts', put });
  for (const put of history.groups) batch.write({ store: 'groups', put });
  for (const contact of history.contacts) app.directory.takeContact(contact);
  for (const group of history.groups) app.directory.takeGroup(group);
  for (const chat of history.chats) Object.assign(draft(chat.id), chat);
  await batch.meet(history.messages.map(({ key }) => key.id));
  // The newest first: each is put above the one before.
  for (const message of history.messages.toReversed()) await batch.put(message, 'history');
  batch.after(() => {
    app.offline.progress = history.progress;
    app.cmd.trigger('offline_progress_update_from_bridge');
  });
};
