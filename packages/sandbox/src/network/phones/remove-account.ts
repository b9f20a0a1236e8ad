import type { Core } from '../core.ts';
import { leaveGroup } from '../groups/change-members.ts';
import type { AccountRecord } from '../records/account-record.ts';

/** What it has written stays with the others; its number is free again. */
export const removeAccount = (core: Core, { account, devices, groups }: AccountRecord): void => {
  for (const device of devices.keys()) core.happen({ e: 'device.unlinked', account, device, reason: 'unpaired' });
  for (const group of groups) leaveGroup(core, { account, by: 'phone' }, group);
  for (const { id, caller } of core.state.calls.values()) if (caller === account) core.happen({ e: 'call.ended', id, how: 'missed', who: account });
  core.happen({ e: 'account.removed', account });
};
