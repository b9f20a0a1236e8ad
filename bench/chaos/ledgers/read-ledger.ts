import type { LedgerEntry } from '@waxos/sandbox/network/ledger-entry';
import type { ControlClient } from '@waxos/sandbox/server/control-client';
import { NETWORK } from '../fleets/set-stage.ts';

/** All that happened so far. */
export const readLedger = async (control: ControlClient): Promise<LedgerEntry[]> => {
  const entries: LedgerEntry[] = [];
  for (;;) {
    const page = await control.call('ledger.read', { network: NETWORK, from: entries.length + 1, limit: 1_000 });
    if (page.length === 0) return entries;
    entries.push(...page);
  }
};
