import type { LedgerEntry } from '../network/ledger-entry.ts';
import type { Ledger } from '../network/network.ts';
import type { Me } from '../wire/frames.ts';

/** What the server looks up by an id alone, gathered from what happened in one network. */
export interface LedgerIndex {
  devices: ReadonlySet<string>;
  findPicture: (id: string) => Picture | undefined;
  platformOf: (account: string) => Me['platform'];
  close: () => void;
}

export interface Picture {
  small: string;
  large: string;
}

const PAGE = 1_000;

export const indexLedger = (ledger: Ledger, unlinked: (device: string) => void): LedgerIndex => {
  const devices = new Set<string>();
  const pictures = new Map<string, Picture>();
  const platforms = new Map<string, Me['platform']>();

  const take = (entry: LedgerEntry): void => {
    if (entry.e === 'device.linked') devices.add(entry.device);
    if (entry.e === 'device.unlinked') {
      devices.delete(entry.device);
      unlinked(entry.device);
    }
    if (entry.e === 'account.added') platforms.set(entry.account, platformOf(entry.added));
    if ((entry.e === 'account.changed' || entry.e === 'group.changed') && entry.picture !== undefined && entry.picture !== null) pictures.set(entry.picture.id, entry.picture);
  };

  const close = ledger.watch(take);
  for (let from = 1; from <= ledger.size(); from += PAGE) for (const entry of ledger.read(from, PAGE)) take(entry);
  return { devices, findPicture: (id) => pictures.get(id), platformOf: (account) => platforms.get(account) ?? 'android', close };
};

const platformOf = ({ business, platform = 'android' }: { business?: unknown; platform?: 'android' | 'iphone' }): Me['platform'] => {
  if (business === undefined) return platform;
  return platform === 'iphone' ? 'smbi' : 'smba';
};
