import type { Core } from '../core.ts';
import { itemAt } from '../records/device-record.ts';
import type { MessageRecord } from '../records/message-record.ts';
import type { DeviceSocket } from './sockets.ts';

/** The device has kept everything up to a number: the messages among it have reached its account. */
export const keepStanzas = (core: Core, { device, sent }: DeviceSocket, upTo: number): void => {
  // A page cannot have kept what it was not sent.
  const last = Math.min(upTo, sent);
  if (last <= device.kept) return;
  const arrived = new Map<string, string[]>();
  for (let n = device.kept + 1; n <= last; n += 1) {
    const item = itemAt(device, n);
    const message = item !== undefined && 'stanza' in item ? item.message : undefined;
    if (message === undefined || isDelivered(message, device.account)) continue;
    const ids = arrived.get(message.chat);
    if (ids === undefined) arrived.set(message.chat, [message.id]);
    else ids.push(message.id);
  }
  core.happen({ e: 'device.kept', account: device.account, device: device.device, upTo: last });
  for (const [chat, ids] of arrived) core.happen({ e: 'message.delivered', chat, ids, to: device.account, by: device.device });
};

const isDelivered = ({ receipts }: MessageRecord, account: string): boolean => (receipts?.get(account)?.deliveredAt ?? 0) > 0;
