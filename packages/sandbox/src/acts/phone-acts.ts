import { z } from 'zod';
import { chatAddress, personAddress } from './addresses.ts';
import { content } from './contents.ts';

/** What only the phone itself can do. */
export const phoneActs = {
  /** The text of a QR: `ref,noise,identity,adv,platform`. */
  'device.scan': z.object({ qr: z.string().min(10).max(2_000) }),
  /** The eight characters of a pairing code, shown by the device. */
  'device.enterCode': z.object({ code: z.string().regex(/^[0-9A-Z]{8}$/, 'a pairing code is 8 capital letters and digits') }),
  'device.logOut': z.object({ device: z.string().max(40) }),
  'phone.online': z.object({ online: z.boolean() }),
  /** Whether somebody looks at WhatsApp on it. */
  'phone.present': z.object({ available: z.boolean() }),
  'phone.typing': z.object({ chat: chatAddress, state: z.enum(['typing', 'recording', 'paused']) }),
  /** Answers `{ id }`; it rings until it is answered, rejected, or ended. */
  'call.offer': z.object({ to: chatAddress, video: z.boolean() }),
  'call.end': z.object({ id: z.string().max(64) }),
  /** A status, seen by everyone who has this account in the address book. */
  'status.post': z.object({ content }),
  /** A channel is made with its first post; everyone named follows it. */
  'channel.post': z.object({ channel: z.string().regex(/^\d{5,20}@newsletter$/), name: z.string().max(100), followers: z.array(personAddress).max(1_000), content }),
  /** The number changes; the LID stays, and every contact is told. */
  'phone.changeNumber': z.object({ phone: z.string().regex(/^[1-9]\d{6,14}$/) }),
  /** From now on its chats go by this address; everyone who knows it is told. */
  'phone.addressing': z.object({ addressing: z.enum(['phone', 'lid']) }),
} as const;
