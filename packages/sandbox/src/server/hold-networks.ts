import { acts, type ActArgs, type ActName } from '../acts/acts.ts';
import type { Faults, FaultScope } from '../faults/faults.ts';
import type { Actor, Network } from '../network/network.ts';
import { SandboxRefusal } from '../network/refusal.ts';
import type { ActValue } from '../wire/results.ts';
import { indexLedger, type LedgerIndex, type Picture } from './index-ledger.ts';
import type { Lobby, ScanningPhone } from './lobby.ts';

/** All networks of this process; each is made when it is first asked for. */
export interface Networks {
  get: (id: string) => Network;
  list: () => Network[];
  ofDevice: (device: string) => Network | undefined;
  /** In this network, or in any: whoever knows the id may see it. */
  findPicture: (id: string, network?: string) => Picture | undefined;
  /** A page that is not linked belongs to no network: it gets what any of them has set for everyone. */
  faultsInLobby: () => Faults;
  close: () => Promise<void>;
}

interface NetworksParts {
  open: (id: string) => Network;
  lobby: () => Lobby;
  unlinked: (device: string) => void;
  faultsChanged: () => void;
}

interface Held {
  network: Network;
  index: LedgerIndex;
  everyone: () => Faults;
}

export const holdNetworks = ({ open, lobby, unlinked, faultsChanged }: NetworksParts): Networks => {
  const held = new Map<string, Held>();
  const hold = (id: string): Held => {
    const opened = open(id);
    const index = indexLedger(opened.ledger, unlinked);
    const watched = watchFaults(opened, faultsChanged);
    const network = withLobby(watched.network, { lobby, index, faultsOf: watched.faultsOf });
    return { network, index, everyone: watched.everyone };
  };
  return {
    get: (id) => {
      const known = held.get(id) ?? hold(id);
      held.set(id, known);
      return known.network;
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
const watchFaults = (network: Network, changed: () => void) => {
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
    network: {
      ...network,
      setFaults: (scope, faults) => {
        network.setFaults(scope, faults);
        keep(scope, faults);
      },
      clearFaults: (scope) => {
        network.clearFaults(scope);
        keep(scope, {});
      },
    } satisfies Network as Network,
  };
};

interface LobbyDoor {
  lobby: () => Lobby;
  index: LedgerIndex;
  faultsOf: (account: string) => Faults;
}

/** Scanning and entering a code reach pages that are in no network yet, so they are done here, before the network. */
const withLobby = (network: Network, door: LobbyDoor): Network => {
  const phoneOf = (account: string): ScanningPhone => {
    const { phone, name, online } = network.view(account);
    if (!online) throw new SandboxRefusal('unreachable', 'The phone is offline.');
    const number = phone.replace(/@.*$/, '');
    return {
      number,
      passkey: door.faultsOf(account).passkey === true,
      link: (registration, how) => {
        const { device, token } = network.link(account, registration, how);
        return { t: 'linked', device, token, me: { phone: `${number}@c.us`, lid: `${account}@lid`, pushName: name, platform: door.index.platformOf(account) } };
      },
    };
  };
  const perform = <N extends ActName>(actor: Actor, name: N, args: ActArgs<N>): ActValue<N> => {
    if (actor.by !== 'phone') return network.perform(actor, name, args);
    // What they answer is what wire/results.ts says of these two acts.
    if (name === 'device.scan') return door.lobby().scan(parseArgs('device.scan', args).qr, phoneOf(actor.account)) as ActValue<N>;
    if (name === 'device.enterCode') return door.lobby().enterCode(parseArgs('device.enterCode', args).code, phoneOf(actor.account)) as ActValue<N>;
    return network.perform(actor, name, args);
  };
  return { ...network, perform };
};

const parseArgs = <N extends 'device.scan' | 'device.enterCode'>(name: N, args: unknown): ActArgs<N> => {
  const parsed = acts[name].safeParse(args);
  if (!parsed.success) throw new SandboxRefusal('bad_request', parsed.error.issues[0]?.message ?? 'is not valid');
  return parsed.data as ActArgs<N>;
};
