import type { Core } from '../core.ts';
import type { AccountRecord } from '../records/account-record.ts';

/** What it has written stays with the others; its number is free again. */
export const removeAccount = (core: Core, { account, devices }: AccountRecord): void => {
  for (const device of [...devices.keys()]) core.happen({ e: 'device.unlinked', account, device, reason: 'unpaired' });
  core.happen({ e: 'account.removed', account });
};
