import type { Stanza, WireMessage } from '../../wire/stanzas.ts';
import { createWid } from '../ids/wid.ts';
import type { Applying } from './applying.ts';

type Said = Extract<Stanza, { s: 'message' | 'filled' | 'channel' }>;

export const applyMessage = async ({ app, batch, draft }: Applying, stanza: Said): Promise<void> => {
  const { message } = stanza;
  const known = await batch.find(message.key);
  if (known !== undefined) {
    // Sent again after it was kept; or the rest of a placeholder.
    if (known.message.content.kind !== 'ciphertext') return;
    const filled = await batch.change(message.key, (before) => ({ ...message, key: before.key, at: before.at }));
    if (filled !== undefined) batch.after(() => void app.threads.show(filled, true));
    return;
  }
  const { kept } = await batch.put(message);
  if (isInChat(message)) {
    const chat = draft(message.key.chat);
    chat.at = Math.max(chat.at, message.at);
    if (!message.key.fromMe && message.content.kind !== 'notice') chat.unread += 1;
  } else if (stanza.s === 'channel') {
    batch.after(() => void app.directory.chatFor(createWid(stanza.channel)).set({ name: stanza.name, formattedTitle: stanza.name, t: message.at }));
  }
  batch.after(() => {
    const msg = app.threads.show(kept, true);
    // Notices are changed once more as soon as they stand there: it is all that the library hears of a new number.
    if (message.content.kind === 'notice' && !app.deaf()) msg.trigger('change', msg);
  });
};

/** Status and channels stand among no chats, and count as nothing unread. */
const isInChat = ({ key }: WireMessage): boolean => !/@(broadcast|newsletter)$/.test(key.chat);
