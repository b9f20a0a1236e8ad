import type { Stanza, WireChat } from '../../wire/stanzas.ts';
import { createWid } from '../ids/wid.ts';
import { moveChat } from '../directory/move-chat.ts';
import { CallModel } from '../models/small-models.ts';
import type { Applying } from './applying.ts';

type People = Extract<Stanza, { s: 'readSelf' | 'chat' | 'contact' | 'group' | 'labels' | 'picture' | 'call' }>;

/** Chats, contacts, groups, labels and calls. */
export const applyPeople = async (applying: Applying, stanza: People): Promise<void> => {
  const { app, batch, draft } = applying;
  switch (stanza.s) {
    case 'readSelf':
      Object.assign(draft(stanza.chat), { unread: stanza.unread, markedUnread: false });
      return;
    case 'chat':
      return applyChat(applying, stanza.chat, stanza);
    case 'contact':
      batch.write({ store: 'contacts', put: stanza.contact });
      if (stanza.previous !== undefined && stanza.previous !== stanza.contact.id) {
        batch.write({ store: 'contacts', remove: stanza.previous });
        await moveChat(applying, stanza.previous, stanza.contact);
      }
      batch.after(() => void app.directory.takeContact(stanza.contact));
      return;
    case 'group':
      batch.write({ store: 'groups', put: stanza.group });
      batch.after(() => void app.directory.takeGroup(stanza.group));
      return;
    case 'labels':
      for (const { id: remove } of app.collections.Label.getModelsArray()) batch.write({ store: 'labels', remove });
      for (const put of stanza.labels) batch.write({ store: 'labels', put });
      batch.after(() => app.directory.takeLabels(stanza.labels));
      return;
    case 'picture':
      batch.after(() => app.cmd.trigger('profile_picture_changed', createWid(stanza.of), stanza.removed));
      return;
    case 'call':
      batch.after(() => ring(applying, stanza.call));
  }
};

const applyChat = async ({ app, batch, draft, dropDraft }: Applying, wire: WireChat, { cleared, deleted, keepStarred }: Omit<Extract<Stanza, { s: 'chat' }>, 's' | 'chat'>): Promise<void> => {
  Object.assign(draft(wire.id), wire);
  if (cleared !== true && deleted !== true) return;
  const starredStay = keepStarred === true && deleted !== true;
  await app.storage.clear(wire.id, starredStay);
  const chat = app.directory.chatFor(createWid(wire.id));
  batch.after(() => {
    for (const { id, star } of chat.msgs.getModelsArray()) {
      if (starredStay && star === true) continue;
      chat.msgs.remove(id, { silent: true });
      app.collections.Msg.remove(id, { silent: true });
    }
    if (deleted === true) app.directory.dropChat(chat.id);
  });
  if (deleted !== true) return;
  batch.write({ store: 'chats', remove: wire.id });
  dropDraft(chat.id.toString());
};

const ring = ({ app }: Applying, call: Extract<Stanza, { s: 'call' }>['call']): void => {
  if (call.state === 'ended') return void app.collections.Call.remove(call.id);
  const model = Object.assign(new CallModel(call.id, createWid(call.from)), {
    isVideo: call.video,
    isGroup: call.group,
    outgoing: call.outgoing,
    offerTime: call.at,
    participants: call.participants.map((person) => createWid(person)),
  });
  if (!app.deaf()) app.collections.Call.add(model);
};
