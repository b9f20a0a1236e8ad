import type { Content, MessageContext } from '../acts/contents.ts';
import type { CloseReason, Registration } from '../wire/frames.ts';
import type { Notice } from '../wire/stanzas.ts';
import type { NewAccount } from './new-account.ts';

/**
 * Everything that ever happened in a network, in order. The state is a fold of it: what is not an entry has not
 * happened. Accounts are LID digits; a chat is `d:` and both accounts in order, `g:` and the group, `s:` (status)
 * or `c:` (channel) and its owner.
 */
export type Happened =
  | { e: 'account.added'; account: string; added: NewAccount }
  | { e: 'account.removed'; account: string }
  | { e: 'account.changed'; account: string; name?: string; about?: string; phone?: string; picture?: { id: string; small: string; large: string } | null; online?: boolean; addressing?: 'phone' | 'lid' }
  | { e: 'contact.changed'; account: string; person: string; saved?: { firstName: string; lastName?: string } | null; blocked?: boolean; note?: string }
  | { e: 'device.linked'; account: string; device: string; tokenHash: string; registration: Registration; how: 'qr' | 'code' }
  | { e: 'device.unlinked'; account: string; device: string; reason: CloseReason }
  /** `socket` counts a device's sockets: two open at once are two sessions of one device. */
  | { e: 'device.connected'; account: string; device: string; socket: number }
  | { e: 'device.disconnected'; account: string; device: string; socket: number }
  /** The device has kept everything up to this number of its queue. */
  | { e: 'device.kept'; account: string; device: string; upTo: number }
  /** The phone gave a device messages of a chat that it asked for, by their places in it. */
  | { e: 'history.given'; account: string; device: string; chat: string; from: number; to: number }
  | { e: 'message.sent'; chat: string; id: string; author: string; by: string; content: Content; context?: MessageContext }
  | { e: 'message.noticed'; chat: string; id: string; author: string; notice: Notice; only?: string }
  | { e: 'message.delivered'; chat: string; ids: string[]; to: string; by: string }
  | { e: 'message.read'; chat: string; ids: string[]; reader: string; by: string }
  | { e: 'message.played'; chat: string; id: string; reader: string; by: string }
  | { e: 'message.edited'; chat: string; id: string; author: string; by: string; text: string; editId: string }
  | { e: 'message.revoked'; chat: string; id: string; author: string; revoker: string; by: string; revokeId: string }
  | { e: 'message.hidden'; account: string; by: string; messages: { chat: string; id: string; author: string }[] }
  | { e: 'message.reacted'; chat: string; id: string; author: string; who: string; by: string; emoji: string; reactionId: string }
  | { e: 'message.voted'; chat: string; id: string; author: string; who: string; by: string; options: number[]; voteId: string }
  | { e: 'message.responded'; chat: string; id: string; author: string; who: string; by: string; response: 'unknown' | 'going' | 'declined' | 'maybe' }
  | { e: 'message.eventEdited'; chat: string; id: string; author: string; by: string; event: Extract<Content, { kind: 'event' }> }
  | { e: 'message.starred'; account: string; by: string; starred: boolean; messages: { chat: string; id: string; author: string }[] }
  | { e: 'message.pinned'; chat: string; id: string; author: string; who: string; by: string; until: number }
  | { e: 'message.filled'; account: string; device: string; chat: string; id: string; author: string }
  | { e: 'media.reuploaded'; account: string; device: string; chat: string; id: string; author: string }
  | { e: 'chat.changed'; account: string; by: string; chat: string; archived?: boolean; pinnedAt?: number; mutedUntil?: number; markedUnread?: boolean; cleared?: { keepStarred: boolean }; deleted?: boolean; labels?: string[] }
  | { e: 'chat.disappears'; chat: string; who: string; by: string; after: number }
  | { e: 'label.changed'; account: string; by: string; id: string; name?: string; color?: number; removed?: boolean }
  | { e: 'group.created'; group: string; owner: string; by: string; subject: string; participants: string[]; announce: boolean; restrict: boolean; adminsAdd: boolean; approval: boolean; inviteCode: string; lidAddressing: boolean }
  | { e: 'group.changed'; group: string; who: string; by: string; subject?: string; description?: string; descriptionId?: string; announce?: boolean; restrict?: boolean; adminsAdd?: boolean; approval?: boolean; inviteCode?: string; picture?: { id: string; small: string; large: string } | null }
  | { e: 'group.participants'; group: string; who: string; by: string; change: 'add' | 'join' | 'remove' | 'leave' | 'promote' | 'demote'; people: string[] }
  | { e: 'group.requested'; group: string; who: string; by: string }
  | { e: 'group.decided'; group: string; who: string; by: string; people: string[]; approved: boolean }
  | { e: 'group.invited'; group: string; who: string; person: string; code: string; expiresAt: number }
  | { e: 'call.offered'; id: string; caller: string; chat: string; video: boolean }
  | { e: 'call.ended'; id: string; how: 'missed' | 'rejected' | 'answered'; who: string }
  | { e: 'channel.posted'; channel: string; name: string; owner: string; followers: string[]; id: string; content: Content }
  | { e: 'status.posted'; owner: string; id: string; content: Content };

/** `n` counts from 1 without a gap; `at` is milliseconds of the injected clock. */
export type LedgerEntry = Happened & { n: number; at: number };
export type HappenedName = Happened['e'];
