import { expect, test } from 'vitest';
import type { Content, MediaFile } from '../../acts/contents.ts';
import { contentAttributes } from './content-attributes.ts';
import { readContent, readContext } from './read-content.ts';

const media: MediaFile = { hash: 'ab'.repeat(32), mimetype: 'image/jpeg', size: 1_234, width: 40, height: 30, preview: 'AAAA' };
const sound: MediaFile = { hash: 'cd'.repeat(32), mimetype: 'audio/ogg; codecs=opus', size: 99, seconds: 7, waveform: [0, 50, 100] };

const contents: Content[] = [
  { kind: 'text', text: 'hello' },
  { kind: 'text', text: 'see https://shop.example', link: { url: 'https://shop.example', title: 'Shop', description: 'All of it' } },
  { kind: 'image', media, caption: 'the cake' },
  { kind: 'image', media, viewOnce: true },
  { kind: 'video', media: { ...media, mimetype: 'video/mp4' }, gif: true },
  { kind: 'audio', media: sound },
  { kind: 'voice', media: sound },
  { kind: 'document', media: { hash: media.hash, mimetype: 'application/pdf', size: 5, filename: 'Rechnung Nr. 5.pdf', pages: 2 }, caption: 'yours' },
  { kind: 'sticker', media: { hash: media.hash, mimetype: 'image/webp', size: 5, animated: true } },
  { kind: 'location', latitude: -23.5, longitude: 46.25, name: 'Market', address: 'Street 1' },
  { kind: 'contacts', cards: [{ name: 'Shop', vcard: 'BEGIN:VCARD\nEND:VCARD' }] },
  { kind: 'contacts', cards: [{ name: 'One', vcard: '1' }, { name: 'Two', vcard: '2' }] },
  { kind: 'poll', question: 'When?', options: ['now', 'later'], several: true },
  { kind: 'event', name: 'Opening', description: 'with cake', startAt: 1_800_000_000, endAt: 1_800_003_600, place: 'Market' },
  { kind: 'invite', group: '120363000000000001@g.us', groupName: 'Orders', code: 'abcd', expiresAt: 1_800_000_000, comment: 'come' },
];

test.each(contents)('a message of kind $kind is the same after it went through the page’s attributes', (content) => {
  expect(readContent(contentAttributes(content, false))).toEqual(content);
});

test('a quote, mentions, a forward and a timer go along; nothing is made up where there is none', () => {
  expect(readContext({})).toBeUndefined();
  expect(readContext({ quotedStanzaID: 'ABCDEFGH', quotedParticipant: '1111111111@c.us', mentionedJidList: ['2222222222@lid'], isForwarded: true, forwardingScore: 3, ephemeralDuration: 86_400 })).toEqual({
    quoted: { id: 'ABCDEFGH', author: '1111111111@c.us' },
    mentions: ['2222222222@lid'],
    forwardingScore: 3,
    disappearsAfter: 86_400,
  });
});
