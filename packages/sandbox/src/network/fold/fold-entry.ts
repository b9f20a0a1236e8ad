import type { HappenedName, LedgerEntry } from '../ledger-entry.ts';
import { foldAccounts } from './fold-account.ts';
import { foldCalls } from './fold-calls.ts';
import { foldChats } from './fold-chats.ts';
import { foldContacts } from './fold-contacts.ts';
import { foldDevices } from './fold-device.ts';
import { foldGroups } from './fold-groups.ts';
import { foldMessageChanges } from './fold-message-changes.ts';
import { foldMessageMarks } from './fold-message-marks.ts';
import { foldMessages } from './fold-messages.ts';
import { foldReceipts } from './fold-receipts.ts';
import type { Folds, World } from './world.ts';

const folds: Folds<HappenedName> = {
  ...foldAccounts,
  ...foldCalls,
  ...foldChats,
  ...foldContacts,
  ...foldDevices,
  ...foldGroups,
  ...foldMessageChanges,
  ...foldMessageMarks,
  ...foldMessages,
  ...foldReceipts,
};

/** The one way in which a network changes. */
export const foldEntry = (world: World, entry: LedgerEntry): void => {
  // The row was looked up by the entry's own name, which the compiler cannot follow through a union.
  const fold = folds[entry.e] as (world: World, entry: LedgerEntry) => void;
  fold(world, entry);
};
