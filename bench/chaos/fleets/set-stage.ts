import { randomUUID } from 'node:crypto';
import type { SessionSettings } from '@waxos/contract/node-link/commands';
import { waitFor } from '@waxos/process/poll';
import type { ControlClient } from '@waxos/sandbox/server/control-client';
import type { ChaosGateway } from '../gateways/open-chaos-gateway.ts';

export const NETWORK = 'chaos';

/** A device that is driven, the account that it is linked to, and those who write to it. */
export interface Shop {
  device: string;
  account: string;
  address: string;
  /** As the sandbox knows the device, once it is linked; each link is another one. */
  linkedAs: Set<string>;
  customers: Customer[];
  group: string;
}

export interface Customer {
  account: string;
  address: string;
  phone: string;
}

export interface Stage {
  shops: Shop[];
  /** The account of each phone number, digits. */
  accounts: Map<string, string>;
}

export const settings: SessionSettings = { kind: 'sandbox', browser: 'headless_shell', economy: false, paced: false, historyDays: 0 };

export const setStage = async (control: ControlClient, { shops: count, customers }: { shops: number; customers: number }): Promise<Stage> => {
  const accounts = new Map<string, string>();
  const add = async (name: string): Promise<Customer> => {
    const { account, phone } = await control.call('accounts.add', { network: NETWORK, account: { name } });
    const digits = phone.replace(/@.*/, '');
    accounts.set(digits, account);
    return { account, phone: digits, address: `${digits}@c.us` };
  };
  const shops: Shop[] = [];
  for (let number = 1; number <= count; number += 1) {
    const shop = await add(`Shop ${number}`);
    const people: Customer[] = [];
    for (let index = 1; index <= customers; index += 1) people.push(await add(`Customer ${number}.${index}`));
    const [first, ...others] = people;
    if (first === undefined) throw new Error('a shop needs a customer');
    const { group } = await control.perform(NETWORK, { account: first.account, by: 'phone' }, { name: 'group.create', args: { subject: `Orders ${number}`, participants: [shop.address, ...others.map(({ address }) => address)] } });
    shops.push({ device: randomUUID(), account: shop.account, address: shop.address, linkedAs: new Set(), customers: people, group: group.id });
  }
  return { shops, accounts };
};

/** Scans every QR of the shops with their phones. A QR of one that is linked says that its link is lost. */
export const scanCodes = ({ gateway, control, shops }: { gateway: ChaosGateway; control: ControlClient; shops: readonly Shop[] }): { unlinked: string[] } => {
  const unlinked: string[] = [];
  gateway.watch(({ device, event }) => {
    const shop = shops.find((one) => one.device === device);
    if (shop === undefined) return;
    if (event.type === 'session.changed' && event.state === 'logged_out') unlinked.push(device);
    if (event.type !== 'session.qr') return;
    if (gateway.places.find(device)?.linked === true) return void unlinked.push(device);
    // One that has been renewed meanwhile is told again.
    void control.perform(NETWORK, { account: shop.account, by: 'phone' }, { name: 'device.scan', args: { qr: event.qr } }).catch(() => undefined);
  });
  return { unlinked };
};

export const linkAll = async ({ gateway, control, shops }: { gateway: ChaosGateway; control: ControlClient; shops: readonly Shop[] }): Promise<void> => {
  for (const { device } of shops) gateway.place(device, settings);
  await untilReady(gateway, shops, 60_000 + shops.length * 5_000);
  await noteLinks(control, shops);
};

/** As which devices the sandbox knows them: one that was linked anew is another one. */
export const noteLinks = async (control: ControlClient, shops: readonly Shop[]): Promise<void> => {
  for (const shop of shops) {
    const { devices } = await control.call('accounts.get', { network: NETWORK, account: shop.account });
    for (const { device } of devices) shop.linkedAs.add(device);
  }
};

export const untilReady = async (gateway: ChaosGateway, shops: readonly Shop[], timeoutMs: number): Promise<void> => {
  const late = (): string[] => shops.flatMap(({ device }) => (gateway.places.find(device)?.state === 'ready' ? [] : [`${device} ${gateway.places.find(device)?.state}`]));
  await waitFor(() => (late().length === 0 && gateway.isLinked() ? true : undefined), { timeoutMs, what: 'all devices to be ready' }).catch((error: unknown) => {
    throw new Error(`not ready: ${late().join(', ')}`, { cause: error });
  });
};
