import type { CloseReason, Registration } from '../../wire/frames.ts';
import type { Stanza } from '../../wire/stanzas.ts';
import type { MessageRecord } from './message-record.ts';

/** A part of the history, rendered when it is sent: which chats and contacts begin in it, and which messages. */
export interface HistoryPart {
  progress: number;
  last: boolean;
  contacts: string[];
  chats: string[];
  slices: { chat: string; from: number; to: number }[];
}

/** `message` is one that has reached its account once the device has kept this. */
export type Waiting = { stanza: Stanza; message?: MessageRecord } | { history: HistoryPart };

/** Numbered from 1 for each device. */
export type QueueItem = Waiting & { n: number; at: number };

export interface DeviceRecord {
  device: string;
  account: string;
  tokenHash: string;
  registration: Registration;
  how: 'qr' | 'code';
  linkedAt: number;
  lastSeenAt: number;
  unlinked?: CloseReason;
  sockets: Set<number>;
  lastSocket: number;
  /** What the device has not kept yet: the first is number `kept` + 1. */
  waiting: QueueItem[];
  /** Places at the front of `waiting` that are done with. */
  gone: number;
  kept: number;
  last: number;
}

export const queueLength = ({ last, kept }: DeviceRecord): number => last - kept;

export const itemAt = (device: DeviceRecord, n: number): QueueItem | undefined => device.waiting[n - device.kept - 1 + device.gone];

/** Lets go of the front now and then, so that it costs nothing for each. */
export const dropKept = (device: DeviceRecord, upTo: number): void => {
  device.gone += upTo - device.kept;
  device.kept = upTo;
  if (device.gone < 256 || device.gone * 2 < device.waiting.length) return;
  device.waiting.splice(0, device.gone);
  device.gone = 0;
};
