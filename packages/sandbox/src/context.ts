import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { systemClock, type Clock } from '@waxos/process/clock';
import type { Log } from '@waxos/process/log';
import { isLoopback } from './config.ts';
import type { Faults } from './faults/faults.ts';
import type { Pairing } from './network/core.ts';
import type { Network } from './network/network.ts';
import { openNetwork } from './network/open-network.ts';
import { createRandom } from './network/random.ts';
import { admitToPhones } from './server/admit-phones.ts';
import { openCertificate } from './server/certificate.ts';
import { controlRoutes } from './server/control-routes.ts';
import { openDeviceSockets } from './server/device-sockets.ts';
import { openDeviceTokens } from './server/device-tokens.ts';
import { openJournals } from './server/file-journal.ts';
import { holdDeviceSocket } from './server/hold-device-socket.ts';
import { holdNetworks } from './server/hold-networks.ts';
import { listen } from './server/listen.ts';
import { openLobby } from './server/lobby.ts';
import { mediaRoutes } from './server/media-routes.ts';
import { openAllowance, type Allowance } from './server/open-allowance.ts';
import { openDiskMedia, openMemoryMedia } from './server/media-store.ts';
import { deviceOf, pageRoutes, type Weight } from './server/page-routes.ts';
import { phonesPageRoutes } from './server/phones-page.ts';
import { phonesRoutes } from './server/phones-routes.ts';
import { serveRoutes } from './server/routes.ts';

export interface SandboxOptions {
  /** 0 takes any that is free. */
  port: number;
  host?: string;
  /** Without one everything is in memory, and gone at the end. */
  dataDir?: string;
  /** Opens the control API, and the phones of every network. */
  controlToken?: string;
  /** Whoever reaches the port may hold the phones of the network `default`. */
  openPhones?: boolean;
  /** The same seed makes the same ids. */
  seed?: string;
  clock?: Clock;
  weight?: Weight;
  /** Of each network's ledger, and of its media. */
  ledgerMbMax?: number;
  mediaMbMax?: number;
  log?: Log;
}

export interface Sandbox {
  port: number;
  url: string;
  /** What Chromium is told to trust, and what Node is. */
  spki: string;
  certificate: string;
  network: (id: string) => Network;
  close: () => Promise<void>;
}

const MB = 1_000_000;

const openAllowances = ({ dataDir, mediaMbMax = dataDir === undefined ? 200 : 2_000, ledgerMbMax = 128 }: SandboxOptions): Record<'mediaRoom' | 'ledgerRoom', Allowance> => ({
  mediaRoom: openAllowance({ what: 'media', variable: 'SANDBOX_MEDIA_MB_MAX', eachMax: mediaMbMax * MB }),
  ledgerRoom: openAllowance({ what: 'messages', variable: 'SANDBOX_LEDGER_MB_MAX', eachMax: ledgerMbMax * MB }),
});

/** The composition root: opens every part and listens. */
export const openSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const { host = '127.0.0.1', dataDir, controlToken, openPhones = false, clock = systemClock } = options;
  if (!isLoopback(host) && controlToken === undefined) throw new Error(`A sandbox that listens on ${host} needs a control token.`);
  const certificate = await openCertificate(dataDir);
  const { mediaRoom, ledgerRoom } = openAllowances(options);
  const media = dataDir === undefined ? openMemoryMedia(mediaRoom) : openDiskMedia(join(dataDir, 'media'), mediaRoom);
  const sockets = openDeviceSockets();
  const tokens = openDeviceTokens();
  const random = createRandom(options.seed);
  const report = (error: unknown): void => options.log?.error({ err: error }, 'a part of the sandbox failed');
  let weight = options.weight ?? 'light';

  const journals = dataDir === undefined ? undefined : openJournals(join(dataDir, 'networks'));
  const open = (id: string, pairing: Pairing): Network => {
    const journal = journals?.open(id);
    try {
      const room = { check: () => ledgerRoom.check(id), note: (bytes: number) => ledgerRoom.set(id, bytes) };
      return openNetwork({ id, clock, pairing, room, report, random: createRandom(options.seed === undefined ? undefined : `${options.seed} ${id}`), ...(journal === undefined ? {} : { journal }) });
    } catch (error) {
      void journal?.close();
      throw error;
    }
  };
  const lobby = openLobby({ now: () => clock.now().getTime(), random, faults: () => networks.faultsInLobby() });
  const networks = holdNetworks({ open, lobby, unlinked: tokens.forget, faultsChanged: sockets.reconsider, report });
  // A device that was linked before the last stop is found by its id alone, so its network has to be open.
  networks.open(journals?.list() ?? []);
  const faultsOf = (device: string | undefined): Faults => (device === undefined ? undefined : networks.ofDevice(device)?.faultsFor(device)) ?? networks.faultsInLobby();
  const networkOf = (request: IncomingMessage): Network => networks.get(admitToPhones(request, { controlToken, openPhones }));
  const setWeight = (chosen: Weight): void => {
    weight = chosen;
  };

  const pages = [...mediaRoutes({ media, tokens, findNetwork: networks.ofDevice, findPicture: networks.findPicture }), ...pageRoutes({ weight: () => weight, faultsOf })];
  const ours = [
    ...phonesPageRoutes(),
    ...phonesRoutes({ media, networkOf, findPicture: networks.findPicture, digits: random.digits }),
    ...controlRoutes({ networks, lobby, sockets, digits: random.digits, setWeight }, controlToken),
  ];
  const { port, close } = await listen({
    host,
    port: options.port,
    certificate,
    answerPage: serveRoutes(pages, report),
    answerOurs: serveRoutes(ours, report),
    admit: (cookies) => faultsOf(deviceOf(cookies)).networkLoss !== true,
    hold: (socket) => holdDeviceSocket(socket, { lobby, sockets, tokens, findNetwork: networks.ofDevice, report }),
  });
  return {
    port,
    url: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    spki: certificate.spki,
    certificate: certificate.certificate,
    network: networks.get,
    close: async () => {
      await close();
      await networks.close();
    },
  };
};
