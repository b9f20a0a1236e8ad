import type { WireContact, WireMessage } from '../../wire/stanzas.ts';
import { MsgKey } from '../ids/msg-key.ts';
import { createWid } from '../ids/wid.ts';
import type { Applying } from '../stanzas/applying.ts';

/**
 * A contact goes by another address: its chat and every message in it take the new one, so that one message is
 * known under both names, as in WhatsApp (WAHA #1816).
 */
export const moveChat = async ({ app, batch, draft, dropDraft }: Applying, previous: string, contact: WireContact): Promise<void> => {
  const before = createWid(previous);
  const after = createWid(contact.id);
  const chat = app.collections.Chat.get(before);
  if (chat === undefined) return;
  const wire = { ...draft(previous), id: contact.id };
  dropDraft(previous);
  batch.write({ store: 'chats', remove: previous });
  batch.write({ store: 'chats', put: wire });
  for (const kept of await app.storage.messagesBefore(previous, Infinity, Infinity)) {
    const message = readdress(kept.message, previous, contact.id);
    batch.write({ store: 'messages', remove: kept.key });
    batch.write({ store: 'messages', put: { ...kept, chat: contact.id, key: MsgKey.fromWire(message.key).toString(), message } });
  }
  batch.after(() => {
    app.directory.rename(before, after);
    app.collections.Contact.remove(before, { silent: true });
    for (const msg of chat.msgs.getModelsArray()) {
      const old = msg.id;
      msg.id = new MsgKey({ fromMe: old.fromMe, remote: after, id: old.id, participant: old.participant });
      if (msg.from.equals(before)) msg.from = after;
      if (msg.to.equals(before)) msg.to = after;
      app.collections.Msg.renamed(old, msg);
      if (old.equals(chat.lastReceivedKey)) chat.lastReceivedKey = msg.id;
      chat.msgs.renamed(old, msg);
    }
    app.directory.takeContact(contact);
  });
};

const readdress = (message: WireMessage, before: string, after: string): WireMessage => {
  const other = (address: string): string => (address === before ? after : address);
  return { ...message, key: { ...message.key, chat: other(message.key.chat) }, from: other(message.from), to: other(message.to) };
};
