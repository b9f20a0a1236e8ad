import type { Faults, FaultScope } from '../faults/faults.ts';
import type { Pairing } from '../network/core.ts';
import type { Network } from '../network/network.ts';
import { SandboxRefusal } from '../network/refusal.ts';
import { indexLedger, type LedgerIndex, type Picture } from './index-ledger.ts';
import type { Lobby, ScanningPhone } from './lobby.ts';

/** All networks of this process; each is made when it is first asked for. */
export interface Networks {
  get: (id: string) => Network;
  /** Opens what was kept from before. One that cannot be read stays shut, and the others open all the same. */
  open: (ids: readonly string[]) => void;
  list: () => Network[];
  ofDevice: (device: string) => Network | undefined;
  /** In this network, or in any: whoever knows the id may see it. */
  findPicture: (id: string, network?: string) => Picture | undefined;
  /** A page that is not linked belongs to no network: it gets what any of them has set for everyone. */
  faultsInLobby: () => Faults;
  close: () => Promise<void>;
}

interface NetworksParts {
  open: (id: string, pairing: Pairing) => Network;
  lobby: Lobby;
  unlinked: (device: string) => void;
  faultsChanged: () => void;
  report: (error: unknown) => void;
}

interface Held {
  network: Network;
  index: LedgerIndex;
  everyone: () => Faults;
}

export const holdNetworks = ({ open, lobby, unlinked, faultsChanged, report }: NetworksParts): Networks => {
  const held = new Map<string, Held>();
  const shut = new Set<string>();
  const hold = (id: string): Held => {
    const book = openFaultBook(faultsChanged);
    const pairing = pairThrough({ network: () => network, lobby, index: () => index, faultsOf: book.faultsOf });
    const network = book.watch(open(id, pairing));
    const index = indexLedger(network.ledger, unlinked);
    return { network, index, everyone: book.everyone };
  };
  const get = (id: string): Network => {
    const known = held.get(id) ?? (shut.has(id) ? undefined : tryHold(id));
    if (known === undefined) throw new SandboxRefusal('gone', 'What this network has kept cannot be read. Whoever runs the sandbox finds the reason in its log.');
    held.set(id, known);
    return known.network;
  };
  /** A ledger that cannot be read now is not read again for each who asks. */
  const tryHold = (id: string): Held | undefined => {
    try {
      return hold(id);
    } catch (error) {
      shut.add(id);
      report(error);
      return undefined;
    }
  };

  return {
    get,
    open: (ids) => {
      for (const id of ids) {
        const known = tryHold(id);
        if (known !== undefined) held.set(id, known);
      }
    },
    list: () => [...held.values()].map(({ network }) => network),
    ofDevice: (device) => [...held.values()].find(({ index }) => index.devices.has(device))?.network,
    findPicture: (id, network) => {
      const searched = network === undefined ? [...held.values()] : [held.get(network)];
      return searched.map((one) => one?.index.findPicture(id)).find((picture) => picture !== undefined);
    },
    faultsInLobby: () => Object.assign({}, ...[...held.values()].map(({ everyone }) => everyone())) as Faults,
    close: async () => {
      for (const { index } of held.values()) index.close();
      await Promise.all([...held.values()].map(({ network }) => network.close()));
    },
  };
};

/** Remembers the faults that matter before there is a device, and tells when any has changed. */
const openFaultBook = (changed: () => void) => {
  const accounts = new Map<string, Faults>();
  let everyone: Faults = {};
  const keep = (scope: FaultScope, faults: Faults): void => {
    if (scope === 'everyone') everyone = faults;
    else if ('account' in scope) accounts.set(scope.account, faults);
    changed();
  };
  return {
    everyone: () => everyone,
    faultsOf: (account: string): Faults => ({ ...everyone, ...accounts.get(account) }),
    watch: (network: Network): Network => ({
      ...network,
      setFaults: (scope, faults) => {
        network.setFaults(scope, faults);
        keep(scope, faults);
      },
      clearFaults: (scope) => {
        network.clearFaults(scope);
        keep(scope, {});
      },
    }),
  };
};

interface Door {
  network: () => Network;
  lobby: Lobby;
  index: () => LedgerIndex;
  faultsOf: (account: string) => Faults;
}

/** Scanning and entering a code reach pages that are in no network yet: the lobby has them, and the phone its network. */
const pairThrough = (door: Door): Pairing => {
  const phoneOf = (account: string): ScanningPhone => {
    const { phone, name, online } = door.network().view(account);
    if (!online) throw new SandboxRefusal('unreachable', 'The phone is offline.');
    return {
      number: phone,
      passkey: door.faultsOf(account).passkey === true,
      link: (registration, how) => {
        const { device, token } = door.network().link(account, registration, how);
        return { t: 'linked', device, token, me: { phone: `${phone}@c.us`, lid: `${account}@lid`, pushName: name, platform: door.index().platformOf(account) } };
      },
    };
  };
  return {
    scan: (account, qr) => door.lobby.scan(qr, phoneOf(account)),
    enterCode: (account, code) => door.lobby.enterCode(code, phoneOf(account)),
  };
};
