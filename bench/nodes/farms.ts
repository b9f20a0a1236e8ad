import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ControlClient } from '@waxos/sandbox/server/control-client';
import type { RunningSandbox } from '../sandboxes/start-sandbox.ts';
import { composeStock } from '../stocks/compose-stock.ts';
import { startStock } from '../stocks/start-stock.ts';
import { linkDevice, openDesk } from './open-desk.ts';
import { openSqueeze } from './open-squeeze.ts';
import { startNode } from './start-node.ts';

/** A process with linked sessions, and everything that it started. */
export interface Farm {
  pid: number;
  /** Links one session more; resolves when it is ready. */
  add: (name: string) => Promise<void>;
  /** Before more are added, and when all are there and are given time to settle. */
  letGo?: () => Promise<void>;
  hold?: (sessions: number) => Promise<void>;
  /** What it takes beside what its processes hold. */
  besidesBytes?: () => Promise<number>;
  /** From a message on a customer's phone until the gateway has it, in milliseconds: once for each session. */
  hear?: () => Promise<number[]>;
  close: () => Promise<void>;
}

const NETWORK = 'bench';
const READY_MS = 120_000;

/**
 * A Node of its own: whoever measures it runs on Node too, and pages of one file that two processes share are counted
 * half for each.
 */
const openFolder = async (): Promise<{ folder: string; execPath: string; remove: () => Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'waxos-density-'));
  const execPath = join(folder, 'node-of-its-own');
  await copyFile(process.execPath, execPath);
  return { folder, execPath, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
};

/**
 * No warm browser: it is the node's, not a session's, and goes when memory is short. Node is told to keep less room for
 * what is new, as docs/operations/memory.md says.
 */
export const openOurFarm = async (sandbox: RunningSandbox, control: ControlClient): Promise<Farm> => {
  const { folder, execPath, remove } = await openFolder();
  const desk = await openDesk();
  const node = await startNode({ sandbox, gateway: desk.gateway, folder, execPath, env: { NODE_OPTIONS: '--max-semi-space-size=2' } });
  const customer = await control.call('accounts.add', { network: NETWORK, account: { name: 'Customer' } });
  const phones: string[] = [];
  const hearOne = async (phone: string): Promise<number> => {
    const text = randomUUID();
    const heard = Promise.withResolvers<number>();
    const stop = desk.gateway.watch(({ event }) => {
      if (event.type === 'message.seen' && event.message.content.kind === 'text' && event.message.content.text === text) heard.resolve(performance.now());
    });
    const from = performance.now();
    await control.perform(NETWORK, { account: customer.account, by: 'phone' }, { name: 'message.send', args: { chat: `${phone}@c.us`, content: { kind: 'text', text } } });
    const at = await within(heard.promise, 'a message');
    stop();
    return at - from;
  };
  return {
    pid: node.pid,
    add: async (name) => void phones.push((await linkDevice(desk, { control, network: NETWORK, name })).phone),
    hear: async () => {
      const times: number[] = [];
      for (const phone of phones) times.push(await hearOne(phone));
      return times;
    },
    close: async () => {
      await node.stop();
      await desk.close();
      await remove();
    },
  };
};

/** What an operator gives a node who wants more sessions than memory: so much of it for the node and what all share, and so much for each. */
const HELD_BYTES = 150 * 1_024 ** 2;
const HELD_BYTES_EACH = 15 * 1_024 ** 2;

/** The same under a limit that swaps, where the machine has compressed swap; else why not. */
export const openSwappedFarm = async (sandbox: RunningSandbox, control: ControlClient): Promise<Farm | string> => {
  const farm = await openOurFarm(sandbox, control);
  const squeeze = await openSqueeze(farm.pid);
  if (typeof squeeze === 'string') {
    await farm.close();
    return squeeze;
  }
  return {
    ...farm,
    letGo: squeeze.lift,
    hold: (sessions) => squeeze.hold(HELD_BYTES + sessions * HELD_BYTES_EACH),
    besidesBytes: squeeze.compressedBytes,
    close: async () => {
      await squeeze.lift();
      await farm.close();
      await squeeze.remove();
    },
  };
};

export const openStockFarm = async (sandbox: RunningSandbox, control: ControlClient): Promise<Farm> => {
  const { folder, execPath, remove } = await openFolder();
  const stock = await startStock({
    execPath,
    dir: join(folder, 'profiles'),
    ...(await composeStock(sandbox)),
    helped: true,
    failed: (name, why) => console.log(`stock: ${name} ${why}`),
  });
  return {
    pid: stock.pid,
    add: async (name) => {
      const { account } = await control.call('accounts.add', { network: NETWORK, account: { name } });
      const client = stock.open(account);
      await within(client.qr.then(({ qr }) => control.perform(NETWORK, { account, by: 'phone' }, { name: 'device.scan', args: { qr } })), `a QR of ${name}`);
      await within(client.ready, `${name} to be ready`);
    },
    close: async () => {
      await stock.stop();
      await remove();
    },
  };
};

const within = async <T>(work: Promise<T>, what: string): Promise<T> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`waited too long for ${what}`)), READY_MS);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
};
