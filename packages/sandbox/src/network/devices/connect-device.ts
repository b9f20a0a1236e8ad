import { timingSafeEqual } from 'node:crypto';
import type { CloseReason, NetworkFrame, PageFrame } from '../../wire/frames.ts';
import type { Core } from '../core.ts';
import type { DeviceConnection, DeviceSink } from '../network.ts';
import { queueLength } from '../records/device-record.ts';
import { showPresence } from '../phones/show-presence.ts';
import { getAccount } from '../records/network-state.ts';
import { hashToken } from './link-device.ts';
import { mannersOf, meOf } from './me.ts';
import type { DeviceSocket, Sockets } from './sockets.ts';

export interface Line {
  sockets: Sockets;
  /** Runs it whole, then sends and tells what came of it. */
  run: <T>(act: () => T) => T;
  flush: (socket: DeviceSocket) => void;
  /** Says it once what has happened is in the journal: nobody is told what a crash could take back. */
  say: (speak: () => void) => void;
  receive: (socket: DeviceSocket, frame: PageFrame) => void;
}

/**
 *   login ──▶ front ──another socket of the device──▶ passive ──takeover──▶ front
 *                └─ gone ◀─────────────────────────────────┘
 */
export const connectDevice = (core: Core, line: Line, login: { device: string; token: string; sink: DeviceSink }): DeviceConnection | undefined => {
  const device = core.state.devices.get(login.device);
  if (device === undefined || device.unlinked !== undefined || !isToken(login.token, device.tokenHash)) return undefined;
  const socket: DeviceSocket = { number: device.lastSocket + 1, device, sink: login.sink, sent: device.kept, flushing: false, available: false, passive: false, withheld: [] };
  let open = true;
  line.run(() => {
    core.happen({ e: 'device.connected', account: device.account, device: device.device, socket: socket.number });
    comeToFront(core, line, socket);
  });
  return {
    receive: (frame) => {
      if (open) line.run(() => line.receive(socket, frame));
    },
    close: () => {
      if (!open) return;
      open = false;
      line.run(() => leave(core, line.sockets, socket));
    },
  };
};

const isToken = (token: string, hash: string): boolean => timingSafeEqual(Buffer.from(hashToken(token)), Buffer.from(hash));

/** Greets it and begins the queue anew: what it has not kept is sent again. */
export const comeToFront = (core: Core, { sockets, flush }: Line, socket: DeviceSocket): void => {
  const { device } = socket;
  socket.passive = false;
  sockets.front(socket)?.sink.send({ t: 'closed', reason: 'conflict' });
  socket.sent = device.kept;
  socket.offlineEnd = device.last;
  const welcome: NetworkFrame = {
    t: 'welcome',
    me: meOf(getAccount(core.state, device.account)),
    manners: mannersOf(core.faults.of(device.device)),
    waiting: queueLength(device),
    history: device.waiting.some((item) => 'history' in item && item.n > device.kept),
  };
  socket.sink.send(welcome);
  flush(socket);
};

const leave = (core: Core, sockets: Sockets, socket: DeviceSocket): void => {
  const { device, number } = socket;
  sockets.remove(socket);
  // Who is not connected is not there.
  if (socket.available) showPresence(core, device.account, { place: device.device, available: false });
  if (device.sockets.has(number)) core.happen({ e: 'device.disconnected', account: device.account, device: device.device, socket: number });
};

const unlinking: readonly CloseReason[] = ['logged_out', 'unpaired', 'banned'];

/** Ends the link, or only the sockets, as the reason goes. */
export const expelDevice = (core: Core, sockets: Sockets, { device, reason }: { device: string; reason: CloseReason }): void => {
  const record = core.state.devices.get(device);
  if (record === undefined || record.unlinked !== undefined) return;
  if (unlinking.includes(reason)) core.happen({ e: 'device.unlinked', account: record.account, device, reason });
  else endSockets(core, sockets, { device, reason });
};

export const endSockets = (core: Core, sockets: Sockets, { device, reason }: { device: string; reason: CloseReason }): void => {
  for (const socket of sockets.of(device)) {
    leave(core, sockets, socket);
    socket.sink.send({ t: 'closed', reason });
    socket.sink.end();
  }
};
