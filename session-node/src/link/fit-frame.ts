import { FRAME_BYTES_MAX, type EventFrame } from '@waxos/contract/node-link/frames';
import type { SessionEvent } from '@waxos/contract/node-link/events';

export interface FittedFrame {
  frame: EventFrame;
  bytes: number;
}

/** A frame that may be sent. One event over the limit would break the connection each time it is tried, for ever. */
export const fitFrame = (frame: EventFrame): FittedFrame => {
  const bytes = measure(frame);
  if (bytes <= FRAME_BYTES_MAX) return { frame, bytes };
  const bare = { ...frame, event: withoutContent(frame.event, bytes) };
  const less = measure(bare);
  if (less <= FRAME_BYTES_MAX) return { frame: bare, bytes: less };
  const note: EventFrame = { ...frame, event: { type: 'event.oversized', of: frame.event.type, bytes } };
  return { frame: note, bytes: measure(note) };
};

const measure = (frame: EventFrame): number => Buffer.byteLength(JSON.stringify(frame));

/** Of a message remains that it exists, from whom and when; anything else is only named. */
const withoutContent = (event: SessionEvent, bytes: number): SessionEvent => {
  if (event.type !== 'message.seen') return { type: 'event.oversized', of: event.type, bytes };
  const { quoted: _quoted, mentions: _mentions, ...message } = event.message;
  return { ...event, message: { ...message, content: { kind: 'unsupported', type: 'oversized' } } };
};
