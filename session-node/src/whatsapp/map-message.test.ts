import { expect, test } from 'vitest';
import { ackOf, mapMessage } from './map-message.ts';

const key = { chat: { kind: 'person', person: { phone: '4915510000001', lid: '100200300400' } }, fromMe: false, id: '3EB0AA' };
const raw = (said: Record<string, unknown>, more: Record<string, unknown> = {}) => ({ key, at: 1_700_000_000, order: 7, ack: 1, said, ...more });
const contentOf = (said: Record<string, unknown>) => mapMessage(raw(said))?.message.content;

test('a text carries its key, its time, its place and all that hangs on it', () => {
  const quoted = { id: '3EB0BB', author: { lid: '100200300400' }, said: { type: 'image', caption: 'Red', mimetype: 'image/jpeg' } };
  const more = { pushName: 'Ost', quoted, mentions: [{ phone: '4915510000002' }], forwarded: 2, disappearsAfter: 86_400, editedAtMs: 1_700_000_001_500, starred: true, album: '3EB0CC' };
  expect(mapMessage(raw({ type: 'chat', body: 'Hello' }, more))?.message).toEqual({
    key, at: 1_700_000_000, order: 7, ack: 1, content: { kind: 'text', text: 'Hello' }, pushName: 'Ost',
    quoted: { id: '3EB0BB', author: { lid: '100200300400' }, content: { kind: 'image', caption: 'Red', media: { mimetype: 'image/jpeg' } } },
    mentions: [{ phone: '4915510000002' }], forwarded: 2, disappearsAfter: 86_400, editedAt: 1_700_000_001, starred: true, album: '3EB0CC',
  });
});

test('media tell what is known of their file, and take no text for a preview', () => {
  expect(contentOf({ type: 'video', isGif: true, mimetype: 'video/mp4', size: '2048', width: 640, height: 360, duration: '12', body: '/9j/4AAQ' })).toEqual({ kind: 'video', gif: true, media: { mimetype: 'video/mp4', bytes: 2_048, width: 640, height: 360, seconds: 12, preview: '/9j/4AAQ' } });
  expect(contentOf({ type: 'ptt', mimetype: 'audio/ogg', waveform: [0, 50.4, 300, -1], body: 'no preview!' })).toEqual({ kind: 'voice', media: { mimetype: 'audio/ogg', waveform: [0, 50, 100, 0] } });
  expect(contentOf({ type: 'document', filename: 'list.pdf', caption: '', isViewOnce: false })).toEqual({ kind: 'document', media: { mimetype: 'application/octet-stream', filename: 'list.pdf' } });
});

test('cards, notices and what is unknown come by their names', () => {
  expect(contentOf({ type: 'location', lat: 1.5, lng: 2, loc: 'Shop\nQuay 1' })).toEqual({ kind: 'location', latitude: 1.5, longitude: 2, name: 'Shop', address: 'Quay 1' });
  expect(contentOf({ type: 'multi_vcard', vcardList: [{ displayName: 'A', vcard: 'BEGIN' }] })).toEqual({ kind: 'contacts', cards: [{ name: 'A', vcard: 'BEGIN' }] });
  expect(contentOf({ type: 'poll_creation', pollName: 'When?', pollOptions: ['a', 'b'], pollSelectableOptionsCount: 0 })).toEqual({ kind: 'poll', question: 'When?', options: ['a', 'b'], several: true });
  expect(contentOf({ type: 'event_creation', eventName: 'Opening', eventStartTime: 10.6, eventPlace: 'Quay' })).toEqual({ kind: 'event', name: 'Opening', startAt: 10, place: 'Quay' });
  expect(contentOf({ type: 'gp2', subtype: 'add', recipients: [{ lid: '100200300400' }], body: '' })).toEqual({ kind: 'group_notice', what: 'add', people: [{ lid: '100200300400' }] });
  expect(contentOf({ type: 'notification_template', subtype: 'change_number', numbers: [{ phone: '4915510000001' }, { phone: '4915510000002' }] })).toEqual({ kind: 'number_changed', before: { phone: '4915510000001' }, after: { phone: '4915510000002' } });
  expect(contentOf({ type: 'call_log', callOutcome: 'missed', isVideoCall: true })).toEqual({ kind: 'call', outcome: 'missed', video: true });
  expect([contentOf({ type: 'ciphertext' }), contentOf({ type: 'revoked' }), contentOf({ type: 'newest_thing' })]).toEqual([{ kind: 'undecrypted' }, { kind: 'revoked' }, { kind: 'unsupported', type: 'newest_thing' }]);
});

test('what does not fit the contract hides no message: it comes as unsupported, and one without a key not at all', () => {
  expect(contentOf({ type: 'vcard', body: 'x'.repeat(200_000) })).toEqual({ kind: 'unsupported', type: 'vcard' });
  expect(mapMessage(raw({ type: 'chat', body: 7 }))?.message.content).toEqual({ kind: 'text', text: '' });
  expect(mapMessage({ ...raw({ type: 'chat' }), said: undefined })).toEqual({ message: { key, at: 1_700_000_000, ack: 1, content: { kind: 'unsupported', type: '' } }, isWhole: false });
  expect(mapMessage({ ...raw({ type: 'chat' }), key: { ...key, id: '' } })).toBeUndefined();
});

test('acks outside the contract are the nearest that it has', () => {
  expect([-7, -1, 0, 3, 9, Number.NaN].map(ackOf)).toEqual([-1, -1, 0, 3, 4, 0]);
});
