import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@waxos/process/poll';
import whatsapp, { type Client, type ClientOptions } from 'whatsapp-web.js';
import { listenTo, type Ear } from './listen.ts';
import type { TestChromium } from './test-chromium.ts';

/** The real, unpatched library in a real browser, on a profile of its own. */
export interface Device {
  client: Client;
  ear: Ear;
  /** Holds the browser's profile, and with it the link. */
  dir: string;
  /** Runs `initialize` until the client is ready, helping it over the sync that ended too soon (fault 1 of the library). */
  untilReady: () => Promise<void>;
  /** Evaluates in the page. */
  ask: <T>(script: string) => Promise<T>;
  /**
   * Lets an injection that a navigation has begun come to its end. It is awaited by nobody, so a browser closed under
   * it leaves an unhandled rejection (fault 7 of the library). It asks the page a dozen times, each after the answer to
   * the one before; more than a dozen questions of ours, asked in turn with it, outlast it.
   */
  settle: () => Promise<void>;
  /** Closes the browser and waits until no process of it is left; `keep` leaves the profile for another start. */
  close: (profile?: 'keep') => Promise<void>;
}

export interface DeviceOptions {
  chromium: TestChromium;
  /** What the browser must be told to take the sandbox for web.whatsapp.com. */
  args: string[];
  /** A profile that another device has left. */
  dir?: string;
  client?: Omit<ClientOptions, 'puppeteer' | 'authStrategy'>;
}

const protocolTimeoutMs = 30_000;

export const openDevice = async ({ chromium, args, dir, client: options }: DeviceOptions): Promise<Device> => {
  const profile = dir ?? (await mkdtemp(join(tmpdir(), 'waxos-device-')));
  const client = new whatsapp.Client({
    authStrategy: new whatsapp.LocalAuth({ dataPath: profile }),
    webVersionCache: { type: 'none' },
    ...options,
    puppeteer: {
      headless: chromium.kind === 'headless shell' ? 'shell' : true,
      ...(chromium.executablePath === undefined ? {} : { executablePath: chromium.executablePath }),
      env: chromium.env,
      args,
      // Ends the browser with us, however we end.
      pipe: true,
      protocolTimeout: protocolTimeoutMs,
    },
  });
  const ear = listenTo(client);
  const close = async (keep?: 'keep'): Promise<void> => {
    await client.destroy();
    await untilGone(profile);
    if (keep === undefined) await rm(profile, { recursive: true, force: true });
  };
  const ask = async <T>(script: string): Promise<T> => (await pageOf(client).evaluate(script)) as T;
  const settle = async (): Promise<void> => {
    for (let asked = 0; asked < 40; asked += 1) await ask('0');
  };
  return { client, ear, dir: profile, untilReady: () => untilReady(client, ear, ask), ask, settle, close };
};

const untilReady = async (client: Client, ear: Ear, ask: Device['ask']): Promise<void> => {
  await client.initialize();
  await waitFor(
    async () => {
      if (ear.all('ready').length > 0) return true;
      if (ear.all('authenticated').length > 0) return undefined;
      const isSynced = await ask<boolean>(`window.require('WAWebSocketModel').Socket.hasSynced === true`);
      if (isSynced && ear.all('authenticated').length === 0) await ask('window.onAppStateHasSyncedEvent()');
      return undefined;
    },
    { timeoutMs: 30_000, what: 'the client to be ready' },
  );
};

export const pageOf = (client: Client): NonNullable<Client['pupPage']> => {
  if (client.pupPage === undefined || client.pupPage === null) throw new Error('the client has no page yet');
  return client.pupPage;
};

/** A closed browser may have helpers that outlive it for a moment; one that stays is a leak, and ends here. */
const untilGone = async (profile: string): Promise<void> => {
  await waitFor(async () => ((await listProcesses(profile)).length === 0 ? true : undefined), { timeoutMs: 5_000, what: 'the browser to be gone' }).catch(async (error: unknown) => {
    for (const pid of await listProcesses(profile)) process.kill(pid, 'SIGKILL');
    throw error;
  });
};

export const listProcesses = async (profile: string): Promise<number[]> => {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => Number.isInteger(pid) && pid !== process.pid);
  const found = await Promise.all(
    // A process may end while it is looked at, and the line of one that has ended is empty.
    pids.map(async (pid) => ((await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes(profile) ? [pid] : [])),
  );
  return found.flat();
};
