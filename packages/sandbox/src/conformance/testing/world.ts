import { randomBytes } from 'node:crypto';
import { request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { waitFor } from '@waxos/process/poll';
import type { MediaFile } from '../../acts/contents.ts';
import type { Faults, FaultScope } from '../../faults/faults.ts';
import type { Happened, HappenedName, LedgerEntry } from '../../network/ledger-entry.ts';
import type { Network, NewAccount } from '../../network/network.ts';
import type { NetworkFrame } from '../../wire/frames.ts';
import { sandboxArguments } from '../../browser-arguments.ts';
import { openSandbox, type Sandbox } from '../../context.ts';
import { openDevice, type Device, type DeviceOptions } from './device.ts';
import { holdPhone, type Phone } from './phone.ts';
import type { Sample } from './samples.ts';
import type { TestChromium } from './test-chromium.ts';

export type EntryOf<E extends HappenedName> = Extract<Happened, { e: E }> & LedgerEntry;

/** A sandbox in this process, with one network in it. */
export interface World {
  network: Network;
  /** What a browser must be told to take the sandbox for web.whatsapp.com. */
  chromiumArguments: string[];
  /** Somebody new; what is not given is made up. */
  newPhone: (account?: Partial<NewAccount>) => Phone;
  /** A device's browser, not linked to anything yet. */
  openDevice: (chromium: TestChromium, options?: Omit<DeviceOptions, 'chromium' | 'args'>) => Promise<Device>;
  /** Opens one and lets the phone scan its QR; ready when it resolves. */
  link: (phone: Phone, chromium: TestChromium, options?: Omit<DeviceOptions, 'chromium' | 'args'>) => Promise<Device>;
  upload: (sample: Sample) => Promise<MediaFile>;
  /** What was uploaded, as a phone would fetch it. */
  bytesOf: (hash: string) => Promise<Buffer>;
  ledger: <E extends HappenedName>(name: E, isIt?: (entry: EntryOf<E>) => boolean) => EntryOf<E>[];
  untilLedger: <E extends HappenedName>(name: E, isIt: (entry: EntryOf<E>) => boolean) => Promise<EntryOf<E>>;
  /** A page hears of those that are its own before whatever the network sends it afterwards. */
  setFaults: (faults: Faults, scope?: FaultScope) => void;
  clearFaults: (scope?: FaultScope) => void;
  /** Links a device without a browser to a phone; answers what it is sent. */
  listen: (phone: Phone) => readonly NetworkFrame[];
  /** Lets time pass on the network's clock, in milliseconds. */
  pass: (ms: number) => void;
  /** The network's clock stands still until it goes again, and then has lost no time. */
  stop: () => void;
  go: () => void;
  close: () => Promise<void>;
}

const names = ['Teeladen Nord', 'Fahrrad Ost', 'Blumen am Markt', 'Buchhandlung Süd', 'Kiosk West', 'Bäckerei Hafen', 'Optik Linden', 'Café Altstadt'];

/** Short, since every link and start waits for it; a client that begins to listen too late is helped (fault 1). */
const usualFaults: Faults = { syncMs: 100 };

/** Long enough for the library to be there before the sync ends, also on a busy machine. */
export const unhurried: Faults = { syncMs: 1_000 };

export const openWorld = async (faults: Faults = {}): Promise<World> => {
  const controlToken = randomBytes(16).toString('hex');
  const clock = openClock();
  const sandbox = await openSandbox({ port: 0, controlToken, clock });
  const network = sandbox.network(networkId);
  const chromiumArguments = argumentsFor(sandbox);
  const ask = askPhones(sandbox, controlToken);
  const always = { ...usualFaults, ...faults };
  network.setFaults('everyone', always);
  let people = 0;
  const world: World = {
    pass: clock.pass,
    stop: clock.stop,
    go: clock.go,
    network,
    chromiumArguments,
    newPhone: (account = {}) => {
      people += 1;
      return holdPhone(network, network.addAccount({ phone: `4915510${String(people).padStart(6, '0')}`, name: `${names[people % names.length]} ${people}`, ...account }));
    },
    openDevice: (chromium, options) => openDevice({ chromium, args: chromiumArguments, ...options }),
    link: async (phone, chromium, options) => {
      const device = await world.openDevice(chromium, options);
      try {
        const ready = device.untilReady();
        // Awaited below; until then a failure of it must not count as unseen.
        ready.catch(() => undefined);
        const [qr] = await Promise.race([device.ear.until('qr'), ready.then(() => Promise.reject(new Error('ready without a QR')))]);
        phone.act('device.scan', { qr });
        await ready;
        return device;
      } catch (error) {
        await device.close();
        throw error;
      }
    },
    upload: async ({ bytes, mimetype }) => JSON.parse((await ask('POST', 'media', { type: mimetype, bytes })).toString()) as MediaFile,
    bytesOf: (hash) => ask('GET', `media/${hash}`),
    ledger: (name, isIt) => entriesOf(network, name).filter((entry) => isIt === undefined || isIt(entry)),
    untilLedger: (name, isIt) => waitFor(() => entriesOf(network, name).find(isIt), { timeoutMs: 10_000, what: `${name} in the ledger` }),
    setFaults: (some, scope = 'everyone') => network.setFaults(scope, scope === 'everyone' ? { ...always, ...some } : some),
    clearFaults: (scope = 'everyone') => (scope === 'everyone' ? network.setFaults('everyone', always) : network.clearFaults(scope)),
    listen: (phone) => listenOn(network, phone),
    close: () => sandbox.close(),
  };
  return world;
};

const listenOn = (network: Network, { account }: Phone): readonly NetworkFrame[] => {
  const build = '2.3000.0';
  const { device, token } = network.link(account, { noise: 'n', identity: 'i', adv: 'a', platform: '1', name: 'listener', build }, 'qr');
  const frames: NetworkFrame[] = [];
  network.connect({ device, token, build }, { send: (frame) => void frames.push(frame), end: () => undefined });
  return frames;
};

const networkId = 'conformance';

/** The machine's clock, which can be put forward and held. */
const openClock = () => {
  let ahead = 0;
  let held: number | undefined;
  return {
    now: () => new Date((held ?? Date.now()) + ahead),
    pass: (ms: number): void => void (ahead += ms),
    stop: (): void => void (held = Date.now()),
    go: (): void => void (held = undefined),
  };
};

/** As the product does it; without Chromium's own sandbox, which neither root nor many a container can have. */
const argumentsFor = (sandbox: Sandbox): string[] => [...sandboxArguments(sandbox), '--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'];

/** The HTTP API of the phones. */
const askPhones =
  ({ port, certificate }: Sandbox, controlToken: string) =>
  (method: 'GET' | 'POST', path: string, body?: { type: string; bytes: Buffer }): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${controlToken}`, 'x-sandbox-network': networkId, ...(body === undefined ? {} : { 'content-type': body.type }) };
      const asked = request({ host: '127.0.0.1', port, path: `/phones/api/${path}`, method, headers, ca: certificate }, (response) => {
        buffer(response).then((bytes) => (response.statusCode === 200 || response.statusCode === 201 ? resolve(bytes) : reject(new Error(`${method} ${path}: ${response.statusCode} ${bytes.toString()}`))), reject);
      });
      asked.once('error', reject);
      asked.end(body?.bytes);
    });

const entriesOf = <E extends HappenedName>(network: Network, name: E): EntryOf<E>[] =>
  network.ledger.read(1, network.ledger.size()).filter((entry): entry is EntryOf<E> => entry.e === name);
