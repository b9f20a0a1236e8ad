import { done, type Act } from '../act.ts';
import type { Core, Pairing } from '../core.ts';
import { getAccount } from '../records/network-state.ts';
import { SandboxRefusal } from '../refusal.ts';
import { showTyping } from './show-typing.ts';

const pairingFor = ({ pairing }: Core): Pairing => {
  if (pairing === undefined) throw new SandboxRefusal('unreachable', 'No devices can be reached from here.');
  return pairing;
};

export const scan: Act<'device.scan'> = (core, { account }, { qr }) => pairingFor(core).scan(account, qr);
export const enterCode: Act<'device.enterCode'> = (core, { account }, { code }) => pairingFor(core).enterCode(account, code);

export const logOut: Act<'device.logOut'> = (core, { account }, { device }) => {
  if (!getAccount(core.state, account).devices.has(device)) throw new SandboxRefusal('not_found', 'This device is not linked to this phone any more.');
  core.happen({ e: 'device.unlinked', account, device, reason: 'logged_out' });
  return done;
};

export const type: Act<'phone.typing'> = (core, { account }, args) => {
  showTyping(core, account, args);
  return done;
};
