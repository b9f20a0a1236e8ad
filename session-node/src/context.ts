import { mkdir, statfs } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { DeviceState } from '@waxos/contract/devices';
import type { CommandFrame } from '@waxos/contract/node-link/frames';
import type { Log } from '@waxos/process/log';
import { ProfileHeld, type BrowserDoor } from './browser/browser-door.ts';
import { openBrowserDoor, type KeptBrowserDoor } from './browser/open-browser-door.ts';
import { openWatchdog, type Watchdog } from './browser/open-watchdog.ts';
import type { Config, Secrets } from './config.ts';
import { keepFleet, type Fleet, type FleetTimes } from './fleet/keep-fleet.ts';
import { keepBuilds, type Builds } from './fleet/keep-builds.ts';
import { keepProfiles, type Profiles } from './fleet/keep-profiles.ts';
import { measureNode, type Measured } from './fleet/measure-node.ts';
import { openLoadMeter, type LoadMeter } from './fleet/measure-load.ts';
import { openStartGate, stageOf, type StartGate } from './fleet/open-start-gate.ts';
import { shareDisk, type DiskShare } from './fleet/share-disk.ts';
import { followClock, type GatewayClock } from './link/follow-clock.ts';
import { holdDevices, type Devices, type HeldDevice } from './link/hold-devices.ts';
import { holdLeases, type Leases } from './link/hold-leases.ts';
import { readInstance } from './link/read-instance.ts';
import { openLink, type Link, type LinkOptions } from './link/open-link.ts';
import { openMedia, type Media } from './link/open-media.ts';
import { serveMetrics } from './metrics/serve-metrics.ts';
import { openSession, type Session } from './session/open-session.ts';
import { systemTime } from './session/time.ts';
import type { OpenDriver } from './whatsapp/driver.ts';
import { openPreloads, type Preloads } from './whatsapp/preload-page.ts';

export interface NodeOptions {
  config: Config;
  secrets: Secrets;
  log: Log;
  version: string;
  /** Nothing guards the browsers any more, so the node has to end. */
  failed: (error: Error) => void;
  /** For tests, which are in a hurry. */
  delays?: LinkOptions['delays'] & { lookMs?: number };
  fleetTimes?: FleetTimes;
}

export interface RunningNode {
  link: Pick<Link, 'state'>;
  devices: Pick<Devices<Session>, 'running' | 'countByState'>;
  /** Stops every session, tells what is left to tell, and leaves no process. */
  close: () => Promise<void>;
}

/** A frozen node extends nothing, and after so long its browsers are killed. */
const guardMs = 10_000;
const guardEveryMs = 2_000;
const lookEveryMs = 5_000;
const settleMs = 5_000;
/** Sessions that have not closed by then are killed; with what follows it stays within the limit of the process. */
const drainMs = 30_000;
/** As the phone lists it among its linked devices. */
const deviceName = 'Waxos';
const outboxBytesMax = 64 * 1_024 * 1_024;
const profileBytesMax = 1_000_000_000;
const closeTimeoutMs = 10_000;
const launchTimeoutMs = 30_000;

/** The composition root: opens every part, and joins them. */
export const openNode = async (options: NodeOptions): Promise<RunningNode> => {
  const { config, secrets, log, failed } = options;
  await mkdir(config.NODE_DATA_DIR, { recursive: true, mode: 0o700 });
  const [{ watchdog, unguard }, { disk, builds }] = await Promise.all([guard(config, failed), openStores(config, log)]);
  const restarts: Record<string, number> = {};
  const meter = openLoadMeter();
  const warm: Warm = { bytes: 0, pages: openPreloads(deviceName) };
  const fleet = keepFleet({ budgetBytes: config.memoryBudgetBytes, ownBytes: () => process.memoryUsage.rss() + warm.bytes, now: Date.now, random: Math.random, times: options.fleetTimes });
  const gate: StartGate = openGate({ config, fleet, meter, stateOf: (device) => devices.sessions().get(device)?.state() });
  const door = await openDoor({ config, secrets, log, watchdog, gate, warm });
  const media = openMedia({ gatewayUrl: config.GATEWAY_URL, token: secrets.NODE_TOKEN });
  const leases = holdLeases({ now: Date.now, ending: (device, epoch) => devices.lose(device, epoch), expired: (device, epoch) => devices.cut(device, epoch) });
  const clock = followOwnClock(leases, log);
  const devices: Devices<Session> = holdDevices({
    open: (frame) => openDevice(frame, { config, log, media, leases, disk, builds, restarts, glimpse: (device, epoch, glimpse) => link.glimpse(device, epoch, glimpse), openDriver: warm.pages.open, door: admitted(door, { leases, gate, devices, log }) }),
    attach: (source) => link.attach(source),
    released: leases.end,
    report: (error, device) => log.error({ err: error, device }, 'a device failed'),
  });
  const profiles = openProfiles(config, log);
  const looking = setInterval(() => void lookAfter({ devices, fleet, profiles, door, warm }).catch((error: unknown) => log.error({ err: error }, 'the sessions could not be measured')), options.delays?.lookMs ?? lookEveryMs);
  const measure = measureWith({ config, devices, meter, fleet, profiles, restarts, builds });
  const link: Link = openLink({
    gatewayUrl: config.GATEWAY_URL,
    token: secrets.NODE_TOKEN,
    name: config.NODE_NAME,
    instance: await readInstance(config.NODE_DATA_DIR),
    version: options.version,
    memoryBudgetBytes: config.memoryBudgetBytes,
    node: asLinked({ devices, leases, measure }),
    clock,
    log,
    delays: options.delays ?? {},
  });
  const metrics = config.METRICS_PORT === undefined ? undefined : await serveMetrics(config.METRICS_PORT, async () => ({ ...(await measure()), inFlight: link.inFlight().events, isConnected: link.state() === 'connected' }));

  const close = async (): Promise<void> => {
    link.drain();
    clearInterval(looking);
    gate.close();
    // Whoever spoke last is closed last, since somebody waits there.
    await devices.stopAll({ withinMs: drainMs, order: (a, b) => a.standing().activeAt - b.standing().activeAt });
    if (!(await link.settle(settleMs))) log.warn('the gateway does not have everything yet; it is kept for the next start');
    await link.close();
    await devices.close();
    leases.close();
    clock.close();
    media.close();
    await metrics?.close();
    await door.close();
    await builds.close();
    await unguard();
    meter.close();
  };
  return { link, devices, close };
};

const guard = async (config: Config, failed: NodeOptions['failed']): Promise<{ watchdog: Watchdog; unguard: () => Promise<void> }> => {
  const watchdog = await openWatchdog({ dir: join(config.NODE_DATA_DIR, 'watchdog'), until: guardUntil(), onEnd: () => failed(new Error('the watchdog has ended')) });
  const guarding = setInterval(() => void watchdog.extend(guardUntil()).catch(failed), guardEveryMs);
  const unguard = async (): Promise<void> => {
    clearInterval(guarding);
    await watchdog.close();
  };
  return { watchdog, unguard };
};

/** Of what is free the outboxes may take so much; the rest is for profiles, and for whoever else is on the disk. */
const outboxesShare = 0.25;

const openStores = async (config: Config, log: Log): Promise<{ disk: DiskShare; builds: Builds }> => {
  const { bavail, bsize } = await statfs(config.NODE_DATA_DIR);
  return { disk: shareDisk(bavail * bsize * outboxesShare), builds: await keepBuilds({ dir: join(config.NODE_DATA_DIR, 'builds'), now: Date.now, log }) };
};

const openProfiles = (config: Config, log: Log): Profiles =>
  keepProfiles({ everyMs: config.PROFILE_SNAPSHOT_MINUTES * 60_000, bytesMax: profileBytesMax, now: Date.now, failed: (error, device) => log.error({ err: error, device }, 'a profile could not be looked after') });

const asLinked = ({ devices, leases, measure }: { devices: Devices<Session>; leases: Leases; measure: () => Promise<Measured> }): LinkOptions['node'] => ({
  running: devices.running,
  obey: (frame) => {
    leases.take({ device: frame.device, epoch: frame.epoch, until: frame.leaseUntil });
    return devices.obey(frame);
  },
  leasesRenewed: (renewals) => renewals.forEach(leases.take),
  leaseLost: devices.lose,
  measure,
});

const followOwnClock = (leases: Leases, log: Log): GatewayClock =>
  followClock({
    wall: Date.now,
    steady: () => performance.now(),
    jumped: (byMs) => {
      log.warn({ byMs: Math.round(byMs) }, 'the clock jumped: nothing is begun until the leases are renewed');
      leases.doubt(byMs);
    },
  });

const guardUntil = (): Date => new Date(Date.now() + guardMs);

interface GateParts {
  config: Config;
  fleet: Fleet;
  meter: LoadMeter;
  stateOf: (device: string) => DeviceState | undefined;
}

const openGate = ({ config, fleet, meter, stateOf }: GateParts): StartGate =>
  openStartGate({
    load: () => ({ budgetBytes: config.memoryBudgetBytes, usedBytes: fleet.usedBytes(), processors: availableParallelism(), ...meter.recent() }),
    measured: fleet.measured,
    stageOf: (device) => stageOf(stateOf(device)),
  });

/** What is ready before anybody asks for it. */
interface Warm {
  bytes: number;
  pages: Preloads;
}

interface DoorParts {
  config: Config;
  secrets: Secrets;
  log: Log;
  watchdog: Watchdog;
  gate: Pick<StartGate, 'hasRoom' | 'isCalm'>;
  warm: Warm;
}

const openDoor = ({ config, secrets, log, watchdog, gate, warm }: DoorParts): Promise<KeptBrowserDoor> => {
  // Empty browsers of a kind that can be opened here: a root node without a user for them opens no real device.
  const isRoot = config.BROWSER_UID === undefined && process.getuid?.() === 0;
  return openBrowserDoor({
    node: config.NODE_NAME,
    profilesDir: config.PROFILES_DIR,
    sealed: config.PROFILE_SNAPSHOTS_DIR === undefined ? undefined : { dir: config.PROFILE_SNAPSHOTS_DIR, key: Buffer.from(secrets.PROFILE_KEY ?? '', 'base64') },
    snapshots: { count: config.PROFILE_SNAPSHOTS_MAX, ageMs: config.PROFILE_SNAPSHOT_DAYS_MAX * 86_400_000, everyMs: config.PROFILE_SNAPSHOT_MINUTES * 60_000 },
    noticed: (device, text) => log.warn({ device }, text),
    profileBytesMax,
    closeTimeoutMs,
    launchTimeoutMs,
    warm: { whatsapp: isRoot ? 0 : config.WARM_BROWSERS, sandbox: config.sandboxArguments === undefined ? 0 : config.WARM_BROWSERS },
    hasRoom: gate.hasRoom,
    isCalm: gate.isCalm,
    ...(config.WARM_PAGES ? { prepare: warm.pages.preload } : {}),
    onWarm: (kind, ms) => log.debug({ kind, ms }, 'a browser is warm'),
    onFailure: (error) => log.error({ err: error }, 'a browser failed while nobody waited for it'),
    executables: config.executables,
    sandboxArguments: config.sandboxArguments,
    ...(config.BROWSER_UID === undefined ? {} : { owner: config.BROWSER_UID }),
    watchdog,
  });
};

interface AdmittedParts {
  leases: Leases;
  gate: StartGate;
  devices: Devices<Session>;
  log: Log;
}

const admitted = (door: BrowserDoor, { leases, gate, devices, log }: AdmittedParts): BrowserDoor => ({
  open: (wanted) => {
    const { device, epoch } = wanted;
    const { linking = true, failures = 0, activeAt = 0 } = devices.sessions().get(device)?.standing() ?? {};
    return gate.within({ device, linking, failures, activeAt, askedAt: Date.now() }, async () => {
      log.debug({ device }, 'start: let in');
      // After a wait, or a freeze, a session may want its browser before it hears that its lease is over.
      if (leases.isDoubted(device, epoch)) throw new Error('The lease is not known to be good, and is asked for again.');
      if (!leases.isGood(device, epoch)) throw new ProfileHeld('The lease is over.');
      const running = await door.open(wanted);
      log.debug({ device }, 'start: browser there');
      return running;
    });
  },
  close: door.close,
});

interface MeasureParts {
  config: Config;
  devices: Devices<Session>;
  meter: LoadMeter;
  fleet: Fleet;
  profiles: Profiles;
  restarts: Record<string, number>;
  builds: Builds;
}

interface LookParts extends Pick<MeasureParts, 'devices' | 'fleet' | 'profiles'> {
  door: KeptBrowserDoor;
  warm: Warm;
}

const lookAfter = async ({ devices, fleet, profiles, door, warm }: LookParts): Promise<void> => {
  devices.sweep();
  warm.bytes = await door.measureWarm();
  await fleet.look(devices.sessions());
  profiles.look(devices.sessions());
};

const measureWith =
  ({ config, devices, meter, fleet, profiles, restarts, builds }: MeasureParts) =>
  async (): Promise<Measured> => {
    await fleet.measure(devices.sessions());
    return measureNode({ budgetBytes: config.memoryBudgetBytes, now: Date.now, sessions: devices.sessions, countByState: devices.countByState, meter, memory: fleet, profiles, restarts, builds });
  };

interface DeviceParts {
  config: Config;
  log: Log;
  media: Media;
  leases: Leases;
  disk: DiskShare;
  builds: Builds;
  restarts: Record<string, number>;
  glimpse: Link['glimpse'];
  door: BrowserDoor;
  openDriver: OpenDriver;
}

const openDevice = ({ device, epoch, command }: CommandFrame, { config, log, media, leases, disk, builds, restarts, glimpse, door, openDriver }: DeviceParts): Promise<HeldDevice<Session>> => {
  if (command.type !== 'session.start') throw new Error(`a device is opened by session.start, not by ${command.type}`);
  return openSession({
    device,
    epoch,
    deviceName,
    settings: command.settings,
    folder: join(config.NODE_DATA_DIR, 'devices', device),
    outboxBytesMax,
    outboxShare: disk.open(),
    builds: builds.of(device, command.settings.kind),
    restarted: (reason) => {
      restarts[reason] = (restarts[reason] ?? 0) + 1;
    },
    door,
    openDriver,
    time: systemTime,
    random: Math.random,
    leaseUntil: () => leases.untilOf(device, epoch),
    download: media.download,
    upload: media.upload,
    glimpse: (one) => glimpse(device, epoch, one),
    log,
  });
};
