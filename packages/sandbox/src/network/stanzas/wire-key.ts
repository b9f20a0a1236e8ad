import type { WireKey } from '../../wire/stanzas.ts';
import type { AccountRecord } from '../records/account-record.ts';
import type { MessageRecord } from '../records/message-record.ts';
import { getAccount, getChat, type NetworkState } from '../records/network-state.ts';
import { chatAddressFor, personIn } from './addresses.ts';

export const wireKey = (state: NetworkState, viewer: AccountRecord, message: MessageRecord): WireKey => {
  const chat = getChat(state, message.chat);
  const key = { chat: chatAddressFor(state, viewer, chat), id: message.id, fromMe: message.author === viewer.account };
  return chat.kind === 'direct' ? key : { ...key, participant: personIn(state, { viewer, chat }, getAccount(state, message.author)) };
};

/** Seconds, as WhatsApp counts. */
export const secondsOf = (ms: number): number => Math.floor(ms / 1_000);
