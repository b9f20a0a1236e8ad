import type { WireChat } from '../../wire/stanzas.ts';
import type { AccountRecord } from '../records/account-record.ts';
import type { ChatSide } from '../records/chat-record.ts';
import { getGroup, type NetworkState } from '../records/network-state.ts';
import { chatAddressFor, otherOf } from './addresses.ts';
import { savedName } from './wire-contact.ts';
import { secondsOf } from './wire-key.ts';

export const wireChat = (state: NetworkState, viewer: AccountRecord, side: ChatSide): WireChat => {
  const { chat } = side;
  const name = chat.kind === 'group' ? getGroup(state, chat.of[0] ?? '').subject : chat.kind === 'direct' ? savedName(viewer, otherOf(state, viewer, chat)) : undefined;
  return {
    id: chatAddressFor(state, viewer, chat),
    ...(name === undefined ? {} : { name }),
    at: secondsOf(side.at),
    unread: side.unread,
    markedUnread: side.markedUnread,
    archived: side.archived,
    pinnedAt: secondsOf(side.pinnedAt),
    mutedUntil: side.mutedUntil,
    disappearsAfter: chat.disappearsAfter,
    labels: side.labels,
  };
};
