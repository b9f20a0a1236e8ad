import type { Stanza, WireMessage } from '../../wire/stanzas.ts';
import { MsgKey } from '../ids/msg-key.ts';
import { createWid } from '../ids/wid.ts';
import type { KeptMessage } from '../storage/open-storage.ts';
import type { Applying } from './applying.ts';

type Change = Extract<Stanza, { s: 'edited' | 'revoked' | 'hidden' | 'starred' | 'receipt' | 'eventEdited' | 'reuploaded' }>;

/** What becomes of a message that is there already. One that is not there stays unknown: nothing is made up. */
export const applyChange = async (applying: Applying, stanza: Change): Promise<void> => {
  const { app, batch } = applying;
  const shown = (kept: KeptMessage | undefined): void => {
    if (kept === undefined) return;
    batch.after(() => {
      if (app.threads.inMemory(kept) !== undefined) app.threads.show(kept, false);
    });
  };
  switch (stanza.s) {
    case 'edited':
      return shown(await batch.change(stanza.key, (message) => ({ ...message, content: edited(message, stanza.text), editedAt: stanza.at })));
    case 'revoked':
      return shown(await batch.change(stanza.key, (message) => ({ ...message, content: { kind: 'revoked', by: stanza.by } })));
    case 'eventEdited':
      return shown(await batch.change(stanza.key, (message) => ({ ...message, content: stanza.event })));
    case 'reuploaded': {
      const kept = await batch.change(stanza.key, (message) => ({ ...message, mediaPath: stanza.path }));
      shown(kept);
      return batch.after(() => void (kept === undefined ? undefined : app.threads.inMemory(kept))?.reuploaded().catch(reportError));
    }
    case 'starred':
      for (const key of stanza.keys) shown(await batch.change(key, (message) => ({ ...message, starred: stanza.starred })));
      return;
    case 'receipt':
      for (const kept of await batch.changeSent(stanza.chat, stanza.ids, (message) => (message.ack < stanza.ack ? { ...message, ack: stanza.ack } : message))) shown(kept);
      return;
    case 'hidden':
      for (const key of stanza.keys) {
        const kept = await batch.find(key);
        if (kept === undefined) continue;
        batch.drop(kept);
        batch.after(() => app.threads.forget(kept));
      }
  }
};

const edited = ({ content }: WireMessage, text: string): WireMessage['content'] => {
  if (content.kind === 'text') return { ...content, text };
  return content.kind === 'image' || content.kind === 'video' || content.kind === 'document' ? { ...content, caption: text } : content;
};

type Addon = Extract<Stanza, { s: 'reacted' | 'voted' | 'responded' | 'pinned' }>;

/** What hangs on a message. */
export const applyAddon = async ({ app, batch }: Applying, stanza: Addon): Promise<void> => {
  if (stanza.s === 'responded') return;
  if (stanza.s === 'pinned') {
    const pin = { chatId: stanza.key.chat, parentMsgKey: MsgKey.fromWire(stanza.key).toString(), pinType: stanza.until > stanza.at ? 1 : 2, until: stanza.until, from: stanza.from };
    return batch.write({ store: 'notes', put: { name: `pin:${pin.parentMsgKey}`, value: pin } });
  }
  const kept = await batch.change(stanza.key, (message) => (stanza.s === 'reacted' ? { ...message, reactions: reacted(message, stanza) } : { ...message, votes: voted(message, stanza) }));
  const parent = kept === undefined ? MsgKey.fromWire(stanza.key) : MsgKey.fromString(kept.key);
  const by = createWid(stanza.from);
  const fromMe = app.directory.isMe(by);
  const id = new MsgKey({ fromMe, remote: parent.remote, id: stanza.id, participant: parent.remote.isGroup() ? by : undefined });
  const sender = { id, from: by, ...(parent.remote.isGroup() ? { author: by } : {}), ack: 1, read: false };
  batch.after(() => {
    if (kept !== undefined && app.threads.inMemory(kept) !== undefined) app.threads.show(kept, false);
    if (app.deaf()) return;
    if (stanza.s === 'reacted') app.addons.reactions.bulkUpsert([{ ...sender, reactionText: stanza.emoji, reactionParentKey: parent, reactionTimestamp: stanza.at * 1_000, orphan: 0 }]);
    else app.addons.votes.bulkUpsert([{ ...sender, pollUpdateParentKey: parent, t: stanza.at * 1_000, senderTimestampMs: stanza.at * 1_000, selectedOptionLocalIds: stanza.options }]);
  });
};

const reacted = (message: WireMessage, { from, emoji, at }: Extract<Stanza, { s: 'reacted' }>): NonNullable<WireMessage['reactions']> => [
  ...(message.reactions ?? []).filter((reaction) => reaction.from !== from),
  ...(emoji === '' ? [] : [{ from, emoji, at }]),
];

const voted = (message: WireMessage, { from, options, at }: Extract<Stanza, { s: 'voted' }>): NonNullable<WireMessage['votes']> => [
  ...(message.votes ?? []).filter((vote) => vote.from !== from),
  ...(options.length === 0 ? [] : [{ from, options, at }]),
];
