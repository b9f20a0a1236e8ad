import type { CloseReason } from '../../wire/frames.ts';
import { dropKept, type DeviceRecord } from '../records/device-record.ts';
import { getAccount, getDevice } from '../records/network-state.ts';
import { planHistory } from '../stanzas/history.ts';
import type { Folds, World } from './world.ts';

export const foldDevices: Folds<'device.linked' | 'device.unlinked' | 'device.connected' | 'device.disconnected' | 'device.kept' | 'history.given'> = {
  'device.linked': (world, { account, device, tokenHash, registration, how, at }) => {
    const owner = getAccount(world.state, account);
    const record: DeviceRecord = { device, account, tokenHash, registration, how, linkedAt: at, lastSeenAt: at, sockets: new Set(), lastSocket: 0, waiting: [], gone: 0, kept: 0, last: 0 };
    world.state.devices.set(device, record);
    owner.devices.set(device, record);
    if (owner.labels.size > 0) world.queue(record, { stanza: { s: 'labels', labels: [...owner.labels.values()] } });
    for (const history of planHistory(owner)) world.queue(record, { history });
    world.touch(owner);
  },
  'device.unlinked': (world, { device, reason, at }) => {
    const record = getDevice(world.state, device);
    closeDevice(world, record, { reason, at });
    world.touch(getAccount(world.state, record.account));
  },
  'device.connected': (world, { device, socket, at }) => {
    const record = getDevice(world.state, device);
    record.sockets.add(socket);
    record.lastSocket = socket;
    record.lastSeenAt = at;
    world.touch(getAccount(world.state, record.account));
  },
  'device.disconnected': (world, { device, socket, at }) => {
    const record = getDevice(world.state, device);
    record.sockets.delete(socket);
    record.lastSeenAt = at;
    world.touch(getAccount(world.state, record.account));
  },
  'device.kept': (world, { device, upTo, at }) => {
    const record = getDevice(world.state, device);
    record.lastSeenAt = at;
    dropKept(record, upTo);
  },
  'history.given': (world, { device, chat, from, to }) => {
    world.queue(getDevice(world.state, device), { history: { progress: 100, last: true, contacts: [], chats: [], slices: [{ chat, from, to }] } });
  },
};

/** Its queue ends with it: a device that is linked again is a new one. */
const closeDevice = ({ state }: World, record: DeviceRecord, { reason, at }: { reason: CloseReason; at: number }): void => {
  record.unlinked = reason;
  record.lastSeenAt = at;
  record.waiting = [];
  record.gone = 0;
  record.kept = record.last;
  getAccount(state, record.account).devices.delete(record.device);
};
