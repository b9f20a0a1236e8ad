import type { LedgerEntry } from '@waxos/sandbox/network/ledger-entry';
import type { Shop, Stage } from '../fleets/set-stage.ts';
import type { ChaosGateway } from '../gateways/open-chaos-gateway.ts';
import { compareInbox, type InboxVerdict } from './compare-inbox.ts';
import { openInbox, type Inbox } from './open-inbox.ts';
import { openPeople } from './open-people.ts';

/** One for each device, of what the gateway commits. */
export interface Inboxes {
  of: (device: string) => Inbox;
  judge: (shop: Shop, happened: { ledger: readonly LedgerEntry[]; stage: Stage }) => InboxVerdict;
}

export const openInboxes = (gateway: Pick<ChaosGateway, 'watch'>): Inboxes => {
  const inboxes = new Map<string, Inbox>();
  const people = openPeople();
  const of = (device: string): Inbox => {
    const inbox = inboxes.get(device) ?? openInbox(people);
    inboxes.set(device, inbox);
    return inbox;
  };
  gateway.watch(({ device, event }, atMs) => of(device).commit(event, atMs));
  return {
    of,
    judge: (shop, { ledger, stage }) => compareInbox(ledger, { account: shop.account, devices: shop.linkedAs, rows: of(shop.device).shown(), accounts: stage.accounts }),
  };
};
