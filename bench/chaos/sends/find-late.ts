import type { LedgerEntry } from '@waxos/sandbox/network/ledger-entry';
import type { Place } from '../gateways/hold-places.ts';
import type { Freeze } from '../harms/freeze-node.ts';
import type { SendRow } from './open-send-book.ts';

/** What left a device when it might not any more. */
export interface LateSends {
  /** While its node was frozen, past the deadline of that. */
  frozen: string[];
  /** Past the deadline of the message. */
  deadline: string[];
  /** When nobody had given it a lease. */
  lease: string[];
}

/** From the page's last look at the clock to the network's note. */
const wayMs = 1_000;

export const findLate = (entries: readonly LedgerEntry[], { rows, places, freezes, killMs }: { rows: readonly SendRow[]; places: readonly Pick<Place, 'device' | 'granted'>[]; freezes: readonly Pick<Freeze, 'deadline' | 'to'>[]; killMs: number }): LateSends => {
  const byId = new Map(rows.map((row) => [row.messageId, row]));
  const granted = new Map(places.map((place) => [place.device, place.granted]));
  const left = entries.flatMap((entry) => {
    const row = entry.e === 'message.sent' ? byId.get(entry.id) : undefined;
    return row === undefined ? [] : [{ row, at: entry.at }];
  });
  const idsWhere = (isIt: (one: { row: SendRow; at: number }) => boolean): string[] => left.filter(isIt).map(({ row }) => row.id);
  return {
    frozen: idsWhere(({ at }) => freezes.some(({ deadline, to }) => at > deadline + killMs && at <= to)),
    deadline: idsWhere(({ row, at }) => at > row.deadline + wayMs),
    lease: idsWhere(({ row, at }) => !(granted.get(row.device) ?? []).some((lease) => lease.epoch <= row.epoch && lease.at <= at && at <= lease.until + wayMs)),
  };
};
