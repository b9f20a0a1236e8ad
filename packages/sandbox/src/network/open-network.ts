import { connectDevice, expelDevice } from './devices/connect-device.ts';
import { linkDevice } from './devices/link-device.ts';
import { mannersOf } from './devices/me.ts';
import { openCore } from './open-core.ts';
import type { Network } from './network.ts';
import type { NetworkParts } from './network-parts.ts';
import { perform } from './perform.ts';
import { addAccount } from './phones/add-account.ts';
import { removeAccount } from './phones/remove-account.ts';
import type { AccountRecord } from './records/account-record.ts';
import { SandboxRefusal } from './refusal.ts';
import { accountView, briefView } from './views/account-view.ts';
import { threadPage } from './views/thread-page.ts';

export const openNetwork = (parts: NetworkParts): Network => {
  const opened = openCore(parts);
  const { core, ledger, sockets, watchers, run, line } = opened;

  const owner = (account: string): AccountRecord => {
    const found = core.state.accounts.get(account);
    if (found === undefined || found.removed) throw new SandboxRefusal('not_found', 'There is no such account in this network.');
    return found;
  };
  const tellManners = (): void => {
    for (const socket of sockets.all()) {
      if (socket.passive) continue;
      socket.sink.send({ t: 'manners', manners: mannersOf(core.faults.of(socket.device.device)) });
      line.flush(socket);
    }
  };

  return {
    id: parts.id,
    ledger,
    addAccount: (added) => run(() => accountView(core, owner(addAccount(core, added)))),
    removeAccount: (account) => run(() => removeAccount(core, owner(account))),
    accounts: () => [...core.state.accounts.values()].filter(({ removed }) => !removed).map((account) => briefView(core, account)),
    perform: (actor, name, args) => run(() => perform(core, actor, { name, args })),
    link: (account, registration, how) => run(() => linkDevice(core, account, { registration, how })),
    connect: ({ device, token }, sink) => connectDevice(core, line, { device, token, sink }),
    view: (account) => accountView(core, owner(account)),
    thread: (account, chat, page) => threadPage(core, owner(account), { chat, ...page }),
    setFaults: (scope, faults) => {
      core.faults.set(scope, faults);
      tellManners();
    },
    clearFaults: (scope) => {
      core.faults.clear(scope);
      tellManners();
    },
    faultsFor: (device) => core.faults.of(device),
    expel: (device, reason) => run(() => expelDevice(core, sockets, { device, reason })),
    watch: watchers.watch,
    close: opened.close,
  };
};
