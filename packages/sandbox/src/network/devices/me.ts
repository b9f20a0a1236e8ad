import type { Me, PageManners } from '../../wire/frames.ts';
import type { Faults } from '../../faults/faults.ts';
import type { AccountRecord } from '../records/account-record.ts';
import { lidAddress, phoneAddress } from '../stanzas/addresses.ts';

export const meOf = (account: AccountRecord): Me => ({
  phone: phoneAddress(account),
  lid: lidAddress(account),
  pushName: account.name,
  platform: account.business === undefined ? account.platform : account.platform === 'android' ? 'smba' : 'smbi',
});

/** How the page is to behave, as the faults say. */
export const mannersOf = (faults: Faults): PageManners => ({
  offlineBeforeSync: faults.offlineBeforeSync ?? true,
  // Long enough for a library that listens only after the page has loaded; a shorter one is a fault (see syncMs).
  syncMs: faults.syncMs ?? 1_000,
  stateOnLogout: faults.stateOnLogout ?? 'navigates',
  messagesInMemory: faults.messagesInMemory ?? 20,
  ...(faults.deaf === undefined ? {} : { deaf: faults.deaf }),
  ...(faults.sendThrowsAfter === undefined ? {} : { sendThrowsAfter: faults.sendThrowsAfter }),
  ...(faults.noLid === undefined ? {} : { noLid: faults.noLid }),
});
