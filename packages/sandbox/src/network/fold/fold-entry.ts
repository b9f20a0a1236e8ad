import type { HappenedName, LedgerEntry } from '../ledger-entry.ts';
import { foldAccounts } from './fold-account.ts';
import { foldDevices } from './fold-device.ts';
import { foldMessages } from './fold-messages.ts';
import { foldReceipts } from './fold-receipts.ts';
import type { Folds, World } from './world.ts';

const folds = { ...foldAccounts, ...foldDevices, ...foldMessages, ...foldReceipts } as Folds<HappenedName>;

/** The one way in which a network changes. */
export const foldEntry = (world: World, entry: LedgerEntry): void => {
  // The row was looked up by the entry's own name, which the compiler cannot follow through a union.
  const fold = folds[entry.e] as (world: World, entry: LedgerEntry) => void;
  fold(world, entry);
};
