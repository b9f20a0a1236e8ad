import type { Core } from '../core.ts';
import { fill } from '../messages/ask-phone.ts';
import type { QueueItem } from '../records/device-record.ts';
import type { Stanza } from '../../wire/stanzas.ts';
import type { DeviceSocket } from './sockets.ts';

/**
 * A message that the device cannot read, where the faults say so. The queue holds what it says; the phone tells it
 * after a while, or when it is asked.
 */
export const disguiseMessage = (core: Core, { device }: DeviceSocket, { item, stanza }: { item: QueueItem; stanza: Stanza }): Stanza => {
  if (stanza.s !== 'message' || !('message' in item) || item.message === undefined) return stanza;
  const { ciphertextMs, ciphertextSubtype } = core.faults.of(device.device);
  if (ciphertextMs === undefined) return stanza;
  const { message } = item;
  if (ciphertextMs >= 0 && !isPromised(core, `${device.device} ${item.n}`)) core.after(ciphertextMs, () => fill(core, device, message));
  const { quotedContent: _unread, context: _unseen, ...shown } = stanza.message;
  return { s: 'message', message: { ...shown, content: { kind: 'ciphertext', ...(ciphertextSubtype === undefined ? {} : { subtype: ciphertextSubtype }) } } };
};

/** Once is enough, however often the device logs in before it has kept it. */
const isPromised = ({ passing }: Core, what: string): boolean => {
  if (passing.promised.has(what)) return true;
  passing.promised.add(what);
  return false;
};
