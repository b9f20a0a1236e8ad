import type { Core } from '../core.ts';
import { itemAt, type QueueItem } from '../records/device-record.ts';
import { getAccount } from '../records/network-state.ts';
import { renderHistory } from '../stanzas/history.ts';
import type { Stanza } from '../../wire/stanzas.ts';
import { disguiseMessage } from './disguise-message.ts';
import { giveTicks, withholdTick } from './withhold-ticks.ts';
import type { DeviceSocket } from './sockets.ts';

/**
 * Sends what waits, in order, as far as it may go. A part of the history is made when everything before it is
 * kept, so that a large one is never whole in memory, and blocks nobody else.
 */
export const flushQueue = (core: Core, socket: DeviceSocket): void => {
  if (socket.flushing || socket.passive) return;
  socket.flushing = true;
  giveTicks(core, socket);
  const { device } = socket;
  // The page may answer at once, and the queue be another one after any of these.
  for (let item = nextItem(socket); item !== undefined; item = nextItem(socket)) {
    socket.sent = item.n;
    const stanza = disguiseMessage(core, socket, { item, stanza: render(core, device.account, item) });
    socket.sink.send(withholdTick(core, device.device, { t: 'stanza', n: item.n, at: item.at, stanza }));
    endOffline(socket);
  }
  endOffline(socket);
  socket.flushing = false;
};

const nextItem = ({ device, sent, passive }: DeviceSocket): QueueItem | undefined => {
  const item = passive || device.unlinked !== undefined ? undefined : itemAt(device, Math.max(sent, device.kept) + 1);
  return item !== undefined && 'history' in item && device.kept < item.n - 1 ? undefined : item;
};

const render = (core: Core, account: string, item: QueueItem): Stanza =>
  'stanza' in item ? item.stanza : { s: 'history', history: renderHistory(core.state, getAccount(core.state, account), item.history) };

const endOffline = (socket: DeviceSocket): void => {
  if (socket.offlineEnd === undefined || Math.max(socket.sent, socket.device.kept) < socket.offlineEnd) return;
  delete socket.offlineEnd;
  socket.sink.send({ t: 'offlineEnd' });
};
