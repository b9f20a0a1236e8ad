import type { AccountRecord } from '../records/account-record.ts';
import type { MessageRecord } from '../records/message-record.ts';
import { findMessage, getAccount, getChat, getDevice, sideOf, type NetworkState } from '../records/network-state.ts';
import { wireKey } from '../stanzas/wire-key.ts';
import { wireMessage } from '../stanzas/wire-message.ts';
import type { Folds } from './world.ts';

/** What one account does to its own copy of messages. */
export const foldMessageMarks: Folds<'message.hidden' | 'message.starred' | 'message.filled' | 'media.reuploaded'> = {
  'message.hidden': (world, { account, by, messages }) => {
    const me = getAccount(world.state, account);
    const found = findAll(world.state, messages);
    for (const message of found) {
      const side = sideOf(me, getChat(world.state, message.chat));
      side.hidden ??= new Set();
      side.hidden.add(message);
      side.starred?.delete(message);
      if (message.author !== account && message.index >= side.readTo) side.unread = Math.max(0, side.unread - 1);
    }
    world.tell(me, () => ({ s: 'hidden', keys: keysFor(world.state, me, found) }), { except: by });
  },
  'message.starred': (world, { account, by, messages, starred }) => {
    const me = getAccount(world.state, account);
    const found = findAll(world.state, messages);
    for (const message of found) {
      const side = sideOf(me, getChat(world.state, message.chat));
      side.starred ??= new Set();
      if (starred) side.starred.add(message);
      else side.starred.delete(message);
    }
    world.tell(me, () => ({ s: 'starred', keys: keysFor(world.state, me, found), starred }), { except: by });
  },
  'message.filled': (world, { account, device, ...ref }) => {
    const me = getAccount(world.state, account);
    for (const message of findAll(world.state, [ref])) world.queue(getDevice(world.state, device), { stanza: { s: 'filled', message: wireMessage(world.state, me, message) } });
  },
  'media.reuploaded': (world, { account, device, n, chat, id, author }) => {
    const me = getAccount(world.state, account);
    for (const message of findAll(world.state, [{ chat, id, author }])) {
      if (!('media' in message.content)) continue;
      world.queue(getDevice(world.state, device), { stanza: { s: 'reuploaded', key: wireKey(world.state, me, message), path: `/media/${message.content.media.hash}?again=${n}` } });
    }
  },
};

type Ref = { chat: string; id: string; author: string };

const findAll = (state: NetworkState, refs: Ref[]): MessageRecord[] => refs.flatMap(({ chat, id, author }) => findMessage(getChat(state, chat), id, author) ?? []);

const keysFor = (state: NetworkState, me: AccountRecord, messages: MessageRecord[]): ReturnType<typeof wireKey>[] => messages.map((message) => wireKey(state, me, message));
