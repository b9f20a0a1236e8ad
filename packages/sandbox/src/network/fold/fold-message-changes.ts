import type { Content } from '../../acts/contents.ts';
import type { Stanza, WireKey } from '../../wire/stanzas.ts';
import type { AccountRecord } from '../records/account-record.ts';
import type { MessageRecord } from '../records/message-record.ts';
import { findMessage, getAccount, getChat, peopleOf, reaches, type NetworkState } from '../records/network-state.ts';
import { personIn } from '../stanzas/addresses.ts';
import { secondsOf, wireKey } from '../stanzas/wire-key.ts';
import type { Folds, World } from './world.ts';

/** What becomes of a message for everyone who has it. */
export const foldMessageChanges: Folds<'message.edited' | 'message.revoked' | 'message.reacted' | 'message.voted' | 'message.responded' | 'message.eventEdited' | 'message.pinned'> = {
  'message.edited': (world, { by, at, text, editId, ...ref }) => {
    const message = getMessage(world.state, ref);
    message.content = withText(message.content, text);
    message.edited = { at, editId };
    tellHolders(world, { message, by }, ({ key }) => ({ s: 'edited', key, text, at: secondsOf(at), editId }));
  },
  'message.revoked': (world, { by, at, revoker, revokeId, ...ref }) => {
    const message = getMessage(world.state, ref);
    message.revoked = { revoker, at };
    tellHolders(world, { message, by, who: revoker }, ({ key, from }) => ({ s: 'revoked', key, by: from, at: secondsOf(at), revokeId }));
  },
  'message.reacted': (world, { by, at, who, emoji, reactionId, ...ref }) => {
    const message = getMessage(world.state, ref);
    message.reactions ??= new Map();
    if (emoji === '') message.reactions.delete(who);
    else message.reactions.set(who, { emoji, at });
    tellHolders(world, { message, by, who }, ({ key, from }) => ({ s: 'reacted', key, id: reactionId, from, emoji, at: secondsOf(at) }));
  },
  'message.voted': (world, { by, at, who, options, voteId, ...ref }) => {
    const message = getMessage(world.state, ref);
    message.votes ??= new Map();
    if (options.length === 0) message.votes.delete(who);
    else message.votes.set(who, { options, at });
    tellHolders(world, { message, by, who }, ({ key, from }) => ({ s: 'voted', key, id: voteId, from, options, at: secondsOf(at) }));
  },
  'message.responded': (world, { by, at, who, response, ...ref }) => {
    const message = getMessage(world.state, ref);
    message.responses ??= new Map();
    message.responses.set(who, { response, at });
    tellHolders(world, { message, by, who }, ({ key, from }) => ({ s: 'responded', key, from, response, at: secondsOf(at) }));
  },
  'message.eventEdited': (world, { by, at, event, ...ref }) => {
    const message = getMessage(world.state, ref);
    message.content = event;
    tellHolders(world, { message, by }, ({ key }) => ({ s: 'eventEdited', key, event, at: secondsOf(at) }));
  },
  'message.pinned': (world, { by, at, who, until, ...ref }) => {
    const message = getMessage(world.state, ref);
    if (until === 0) delete message.pinned;
    else message.pinned = { who, until };
    tellHolders(world, { message, by, who }, ({ key, from }) => ({ s: 'pinned', key, from, until: secondsOf(until), at: secondsOf(at) }));
  },
};

const getMessage = (state: NetworkState, { chat, id, author }: { chat: string; id: string; author: string }): MessageRecord => {
  const found = findMessage(getChat(state, chat), id, author);
  if (found === undefined) throw new Error(`The ledger names message ${id}, which there is not.`);
  return found;
};

const withText = (content: MessageRecord['content'], text: string): Content => {
  if (content.kind === 'text') return { ...content, text };
  if (content.kind === 'image' || content.kind === 'video' || content.kind === 'document') return { ...content, caption: text };
  throw new Error(`A message of kind ${content.kind} has no text.`);
};

interface Change {
  message: MessageRecord;
  by: string;
  /** Whose doing it is; its author's where it is not said. */
  who?: string;
}

/** Everyone who has the message; in a group, who is still in it. */
const tellHolders = (world: World, { message, by, who }: Change, render: (seen: { key: WireKey; from: string }) => Stanza): void => {
  const { state } = world;
  const chat = getChat(state, message.chat);
  const doer = getAccount(state, who ?? message.author);
  const stanza = (viewer: AccountRecord): Stanza => render({ key: wireKey(state, viewer, message), from: personIn(state, { viewer, chat }, doer) });
  for (const viewer of peopleOf(state, chat)) if (reaches(viewer, message)) world.tell(viewer, () => stanza(viewer), { except: by });
};
