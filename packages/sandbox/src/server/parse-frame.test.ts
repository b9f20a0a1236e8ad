import { expect, test } from 'vitest';
import { parseFrame } from './parse-frame.ts';

test.each([
  ['{"t":"refresh"}', { t: 'refresh' }],
  ['{"t":"kept","upTo":12}', { t: 'kept', upTo: 12 }],
  ['{"t":"act","id":1,"name":"message.send","args":{"chat":"x"}}', { t: 'act', id: 1, name: 'message.send', args: { chat: 'x' } }],
])('%s is a frame', (text, frame) => {
  expect(parseFrame(text)).toEqual(frame);
});

test.each(['', 'null', '[]', '{"t":"stanza"}', '{"t":"kept","upTo":-1}', '{"t":"kept","upTo":"1"}', '{"t":"act","id":1,"name":"toString","args":{}}', '{"t":"act","id":1,"name":"device.scan","args":{}}', '{"t":"typing","chat":"1@c.us","state":"sleeping"}'])(
  '%s is none, and it is said why',
  (text) => {
    const parsed = parseFrame(text);
    expect(parsed.t).toBe('malformed');
    expect('why' in parsed ? parsed.why : '').not.toBe('');
  },
);
