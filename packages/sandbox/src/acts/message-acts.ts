import { z } from 'zod';
import { chatAddress, messageId, personAddress } from './addresses.ts';
import { content, messageContext } from './contents.ts';

/** Which message: an id is unique within a chat and an author. */
export const messageRef = z.object({ chat: z.union([chatAddress, z.literal('status@broadcast')]), id: messageId, author: personAddress.optional() });
export type MessageRef = z.infer<typeof messageRef>;

/** Acts on messages. Both a phone and a linked device may do them all. */
export const messageActs = {
  /** Answers `{ id, at }`; the same id twice from the same author is one message. */
  'message.send': z.object({ chat: chatAddress, id: messageId.optional(), content, context: messageContext.optional() }),
  'message.edit': z.object({ message: messageRef, text: z.string().max(65_536), mentions: z.array(personAddress).max(1_024).optional() }),
  /** For everyone: by its author, or by an admin of the group. */
  'message.revoke': z.object({ message: messageRef }),
  'message.hide': z.object({ messages: z.array(messageRef).min(1).max(500) }),
  /** An empty text takes the reaction back. */
  'message.react': z.object({ message: messageRef, emoji: z.string().max(32) }),
  /** The whole choice, by place in the list; an empty one takes the vote back. */
  'message.vote': z.object({ message: messageRef, options: z.array(z.number().int().min(0).max(11)).max(12) }),
  'message.respond': z.object({ message: messageRef, response: z.enum(['unknown', 'going', 'declined', 'maybe']) }),
  'message.editEvent': z.object({ message: messageRef, event: content.options[11] }),
  'message.star': z.object({ messages: z.array(messageRef).min(1).max(500), starred: z.boolean() }),
  /** `forSeconds` 0 unpins. */
  'message.pin': z.object({ message: messageRef, forSeconds: z.number().int().nonnegative() }),
  'message.forward': z.object({ messages: z.array(messageRef).min(1).max(100), to: chatAddress }),
  /** Read up to and with this message; without one, all. */
  'message.read': z.object({ chat: z.union([chatAddress, z.literal('status@broadcast')]), upTo: messageId.optional() }),
  'message.played': z.object({ message: messageRef }),
  /** Answers `{ delivered: {who, at}[], read: {who, at}[], played: {who, at}[] }`; for own messages. */
  'message.info': z.object({ message: messageRef }),
  /** Asks the phone for messages that arrived as a ciphertext; they come as `filled` once the phone is online. */
  'message.resend': z.object({ messages: z.array(messageRef).min(1).max(100) }),
  /** Asks the phone to upload a file once more that the server has no longer; it comes as `reuploaded` once the phone is online. */
  'message.reupload': z.object({ message: messageRef }),
  /** Asks the phone for older messages than the device has; they come as history. */
  'message.older': z.object({ chat: chatAddress, before: messageId.optional(), count: z.number().int().min(1).max(500).optional() }),
} as const;
