import type { Stanza, WireChat } from '../../wire/stanzas.ts';
import type { App } from '../app.ts';
import { createWid } from '../ids/wid.ts';
import type { Applying } from './applying.ts';
import { applyHistory } from './apply-history.ts';
import { applyMessage } from './apply-message.ts';
import { applyAddon, applyChange } from './apply-change.ts';
import { applyPeople } from './apply-people.ts';

/** Keeps what the network says, stanza by stanza, in one batch. */
export const applyStanzas = async (app: App, stanzas: readonly Stanza[]): Promise<void> => {
  await app.threads.keep(async (batch) => {
    const drafts = new Map<string, WireChat>();
    const draft = (address: string): WireChat => {
      const chat = app.directory.chatFor(createWid(address));
      const id = chat.id.toString();
      const known = drafts.get(id) ?? app.directory.wireChat(chat);
      drafts.set(id, known);
      return known;
    };
    for (const stanza of stanzas) await applyStanza({ app, batch, draft, dropDraft: (address) => void drafts.delete(address) }, stanza);
    for (const put of drafts.values()) batch.write({ store: 'chats', put });
    batch.after(() => {
      for (const chat of drafts.values()) app.directory.takeChat(chat);
    });
  });
};

const applyStanza = async (applying: Applying, stanza: Stanza): Promise<void> => {
  switch (stanza.s) {
    case 'message':
    case 'filled':
    case 'channel':
      return applyMessage(applying, stanza);
    case 'history':
      return applyHistory(applying, stanza.history);
    case 'edited':
    case 'revoked':
    case 'hidden':
    case 'starred':
    case 'receipt':
    case 'eventEdited':
    case 'reuploaded':
      return applyChange(applying, stanza);
    case 'reacted':
    case 'voted':
    case 'responded':
    case 'pinned':
      return applyAddon(applying, stanza);
    default:
      return applyPeople(applying, stanza);
  }
};
