import type { ActArgs, ActName } from '../acts/acts.ts';
import type { LedgerEntry } from '../network/ledger-entry.ts';
import type { Network } from '../network/network.ts';
import type { ControlClient } from '../server/control-client.ts';
import type { ActValue } from '../wire/results.ts';

/** Where a script is played: a network in this process, or one behind the control API. */
export interface Stage {
  addCustomer: (name: string) => Promise<{ account: string; phone: string }>;
  addressOf: (account: string) => Promise<string>;
  perform: <N extends ActName>(account: string, name: N, args: ActArgs<N>) => Promise<ActValue<N>>;
  upload: (bytes: Uint8Array, mimetype: string) => Promise<{ hash: string; mimetype: string; size: number }>;
  /** Tells of each entry from now on, until the signal ends it. */
  watch: (listener: (entry: LedgerEntry) => void, signal: AbortSignal) => void;
}

/** A network in this process; `upload` keeps what its media are. */
export const stageOf = (network: Network, options: { digits: (count: number) => string; upload: Stage['upload'] }): Stage => ({
  addCustomer: async (name) => network.addAccount({ phone: `55${options.digits(10)}`, name }),
  addressOf: async (account) => `${network.view(account).phone}@c.us`,
  perform: async (account, name, args) => network.perform({ account, by: 'phone' }, name, args),
  upload: options.upload,
  watch: (listener, signal) => {
    const unwatch = network.ledger.watch(listener);
    signal.addEventListener('abort', unwatch, { once: true });
  },
});

/** A network of another process, by its control API. */
export const stageBehind = (control: ControlClient, network: string, onTrouble: (error: unknown) => void): Stage => ({
  addCustomer: (name) => control.call('accounts.add', { network, account: { name } }),
  addressOf: async (account) => `${(await control.call('accounts.get', { network, account })).phone}@c.us`,
  perform: (account, name, args) => control.perform(network, { account, by: 'phone' }, { name, args }),
  upload: (bytes, mimetype) => control.upload(network, bytes, mimetype),
  watch: (listener, signal) => {
    const follow = async (): Promise<void> => {
      const from = (await control.call('ledger.size', { network })) + 1;
      for await (const entry of control.follow(network, from, signal)) listener(entry);
    };
    follow().catch((error: unknown) => (signal.aborted ? undefined : onTrouble(error)));
  },
});
