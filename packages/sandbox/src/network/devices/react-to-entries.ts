import type { Core } from '../core.ts';
import type { LedgerEntry } from '../ledger-entry.ts';
import { getAccount } from '../records/network-state.ts';
import { endSockets } from './connect-device.ts';
import { meOf } from './me.ts';
import type { Sockets } from './sockets.ts';

/** What sockets are told besides their queues. */
export const reactToEntry = (core: Core, sockets: Sockets, entry: LedgerEntry): void => {
  if (entry.e === 'device.unlinked') return endSockets(core, sockets, { device: entry.device, reason: entry.reason });
  if (entry.e !== 'account.changed' || (entry.name === undefined && entry.phone === undefined)) return;
  const account = getAccount(core.state, entry.account);
  for (const device of account.devices.keys()) sockets.send(device, { t: 'me', me: meOf(account) });
};

/** What a process that died left open: its sockets are gone, and phones that are online have what was sent. */
export const mendAfterCrash = (core: Core, catchUp: (account: string) => void): void => {
  for (const { account, device, sockets } of core.state.devices.values()) {
    for (const socket of sockets) core.happen({ e: 'device.disconnected', account, device, socket });
  }
  for (const { account, online, awaited } of core.state.accounts.values()) if (online && awaited.size > 0) catchUp(account);
};
