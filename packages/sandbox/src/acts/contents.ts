import { z } from 'zod';
import { groupAddress, messageId, personAddress } from './addresses.ts';

const seconds = z.number().int().nonnegative();
const shortText = z.string().max(1_024);

/** Bytes that were uploaded before; they are known by the hash of what they are. */
export const mediaFile = z.object({
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'a hash is 64 hexadecimal digits'),
  mimetype: z.string().min(3).max(200),
  size: z.number().int().nonnegative(),
  width: z.number().int().positive().optional(),
  height: z.number().int().positive().optional(),
  seconds: z.number().nonnegative().optional(),
  /** 64 bars of 0 to 100. */
  waveform: z.array(z.number().int().min(0).max(100)).max(64).optional(),
  filename: z.string().max(255).optional(),
  pages: z.number().int().positive().optional(),
  /** A tiny JPEG, base64: what is shown before the bytes are fetched. */
  preview: z.string().max(40_000).optional(),
  animated: z.boolean().optional(),
});
export type MediaFile = z.infer<typeof mediaFile>;

const caption = z.string().max(65_536).optional();
/** The place of a picture or video in an album: the id of the album's head. */
const album = messageId.optional();
const viewOnce = z.boolean().optional();

const card = z.object({ name: shortText, vcard: z.string().max(100_000) });
const linkPreview = z.object({ url: z.string().max(2_048), title: shortText, description: shortText });

/** What can be said in one message. */
export const content = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string().max(65_536), link: linkPreview.optional() }),
  z.object({ kind: z.literal('image'), media: mediaFile, caption, album, viewOnce }),
  z.object({ kind: z.literal('video'), media: mediaFile, caption, album, viewOnce, gif: z.boolean().optional() }),
  z.object({ kind: z.literal('audio'), media: mediaFile }),
  z.object({ kind: z.literal('voice'), media: mediaFile, viewOnce }),
  z.object({ kind: z.literal('document'), media: mediaFile, caption }),
  z.object({ kind: z.literal('sticker'), media: mediaFile }),
  z.object({ kind: z.literal('album'), images: z.number().int().nonnegative(), videos: z.number().int().nonnegative() }),
  z.object({ kind: z.literal('location'), latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180), name: shortText.optional(), address: shortText.optional(), url: z.string().max(2_048).optional() }),
  z.object({ kind: z.literal('contacts'), cards: z.array(card).min(1).max(257) }),
  z.object({ kind: z.literal('poll'), question: z.string().min(1).max(255), options: z.array(z.string().min(1).max(100)).min(2).max(12), several: z.boolean() }),
  z.object({ kind: z.literal('event'), name: shortText, description: z.string().max(4_096).optional(), startAt: seconds, endAt: seconds.optional(), place: shortText.optional(), joinLink: shortText.optional(), cancelled: z.boolean().optional() }),
  z.object({ kind: z.literal('invite'), group: groupAddress, groupName: shortText, code: shortText, expiresAt: seconds, comment: z.string().max(4_096).optional() }),
]);
export type Content = z.infer<typeof content>;
export type ContentKind = Content['kind'];

/** What goes with a message besides what it says. */
export const messageContext = z.object({
  quoted: z.object({ id: messageId, author: personAddress }).optional(),
  mentions: z.array(personAddress).max(1_024).optional(),
  groupMentions: z.array(z.object({ group: groupAddress, subject: shortText })).max(64).optional(),
  forwardingScore: z.number().int().nonnegative().optional(),
  /** Seconds after which it disappears, as the chat was set when it was sent. */
  disappearsAfter: seconds.optional(),
});
export type MessageContext = z.infer<typeof messageContext>;
