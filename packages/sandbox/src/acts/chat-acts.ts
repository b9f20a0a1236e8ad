import { z } from 'zod';
import { chatAddress, personAddress, phoneNumber } from './addresses.ts';

const seconds = z.number().int();
const jpeg = z.string().max(400_000);

/** Acts on chats, contacts, one's own profile, labels and calls. */
export const chatActs = {
  'chat.archive': z.object({ chat: chatAddress, archived: z.boolean() }),
  'chat.pin': z.object({ chat: chatAddress, pinned: z.boolean() }),
  /** Until when, in seconds; -1 is for ever, 0 unmutes. */
  'chat.mute': z.object({ chat: chatAddress, until: seconds }),
  'chat.markUnread': z.object({ chat: chatAddress, unread: z.boolean() }),
  'chat.clear': z.object({ chat: chatAddress, keepStarred: z.boolean() }),
  'chat.delete': z.object({ chat: chatAddress }),
  /** Disappearing messages, in seconds; 0 turns them off. */
  'chat.disappear': z.object({ chat: chatAddress, after: seconds.nonnegative() }),

  'contact.save': z.object({ phone: phoneNumber, firstName: z.string().max(200), lastName: z.string().max(200).optional() }),
  'contact.forget': z.object({ person: personAddress }),
  'contact.block': z.object({ person: personAddress, blocked: z.boolean() }),
  /** Whether a number or LID is on WhatsApp: answers a contact or null. */
  'contact.exists': z.object({ person: personAddress }),
  'contact.get': z.object({ person: personAddress }),
  'contact.about': z.object({ person: personAddress }),
  'contact.groups': z.object({ person: personAddress }),
  'contact.devices': z.object({ person: personAddress }),
  'contact.business': z.object({ person: personAddress }),
  /** A note on a customer, kept by business accounts. */
  'contact.note': z.object({ person: personAddress, note: z.string().max(5_000) }),

  /** Whether a person is there just now: a device is told of changes after it has asked. */
  'presence.get': z.object({ person: personAddress }),

  'picture.get': z.object({ of: chatAddress }),
  'picture.set': z.object({ of: chatAddress, small: jpeg, large: jpeg }),
  'picture.remove': z.object({ of: chatAddress }),

  'profile.name': z.object({ name: z.string().min(1).max(100) }),
  'profile.about': z.object({ about: z.string().max(500) }),

  'label.assign': z.object({ chats: z.array(chatAddress).min(1).max(500), add: z.array(z.string().max(20)).max(50), remove: z.array(z.string().max(20)).max(50) }),
  'label.save': z.object({ id: z.string().max(20).optional(), name: z.string().min(1).max(100), color: z.number().int().min(0).max(19) }),
  'label.remove': z.object({ id: z.string().max(20) }),

  'call.reject': z.object({ caller: personAddress, id: z.string().max(64) }),
  'call.makeLink': z.object({ kind: z.enum(['voice', 'video']), startAt: seconds.nonnegative() }),
  'link.preview': z.object({ url: z.string().max(2_048) }),
} as const;
