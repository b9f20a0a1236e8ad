import type { ActArgs, ActName } from '../../acts/acts.ts';
import type { MediaFile } from '../../acts/contents.ts';
import type { NewAccount } from '../../network/network.ts';
import type { AccountView, ThreadPage } from '../../network/phone-view.ts';
import type { ActValue } from '../../wire/results.ts';
import { ask } from './ask.ts';

export type NewPhone = Omit<NewAccount, 'phone'> & { phone?: string };

export interface ThreadQuestion {
  account: string;
  chat: string;
  before?: string;
  limit: number;
}

const json = (method: string, body: unknown): RequestInit => ({ method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const at = (account: string): string => `accounts/${encodeURIComponent(account)}`;

export const listPhones = async (): Promise<AccountView[]> => (await ask<{ accounts: AccountView[] }>('accounts')).accounts;
export const getPhone = (account: string): Promise<AccountView> => ask(at(account));
export const addPhone = (phone: NewPhone): Promise<AccountView> => ask('accounts', json('POST', phone));
export const removePhone = (account: string): Promise<unknown> => ask(at(account), { method: 'DELETE' });

export const getThread = ({ account, chat, before, limit }: ThreadQuestion): Promise<ThreadPage> => {
  const query = new URLSearchParams({ chat, limit: String(limit), ...(before === undefined ? {} : { before }) });
  return ask(`${at(account)}/thread?${query}`);
};

export const performAct = async <N extends ActName>(account: string, name: N, args: ActArgs<N>): Promise<ActValue<N>> =>
  (await ask<{ value: ActValue<N> }>(`${at(account)}/acts/${name}`, json('POST', args))).value;

export const uploadMedia = (file: Blob): Promise<MediaFile> =>
  ask('media', { method: 'POST', headers: { 'content-type': file.type === '' ? 'application/octet-stream' : file.type }, body: file });
