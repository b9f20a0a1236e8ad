import { createHash } from 'node:crypto';
import type { Registration } from '../../wire/frames.ts';
import type { Core } from '../core.ts';
import { SandboxRefusal } from '../refusal.ts';

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** As many as WhatsApp lets a phone have. */
const DEVICES_MAX = 4;

/** The token is told this once; the ledger keeps only its hash. */
export const linkDevice = (core: Core, account: string, { registration, how }: { registration: Registration; how: 'qr' | 'code' }): { device: string; token: string } => {
  const owner = core.state.accounts.get(account);
  if (owner === undefined || owner.removed) throw new SandboxRefusal('not_found', 'There is no such account in this network.');
  if (!owner.online) throw new SandboxRefusal('unreachable', 'The phone is offline. Switch it online, then link the device.');
  core.room?.check();
  if (owner.devices.size >= DEVICES_MAX) throw new SandboxRefusal('too_many', `A phone has ${DEVICES_MAX} linked devices at most. Log one out first.`);
  let device = core.random.hex(24);
  while (core.state.devices.has(device)) device = core.random.hex(24);
  const token = core.random.token();
  core.happen({ e: 'device.linked', account, device, tokenHash: hashToken(token), registration, how });
  return { device, token };
};
