import { join } from 'node:path';
import type { SessionCommand } from '@waxos/contract/node-link/commands';
import type { SessionEvent } from '@waxos/contract/node-link/events';
import { openLog } from '@waxos/process/log';
import { waitFor } from '@waxos/process/poll';
import { onTestFinished } from 'vitest';
import type { SessionOptions } from '../life.ts';
import { openSession, type OpenedSession } from '../open-session.ts';
import { openPretendWorld } from './open-pretend-world.ts';
import type { PretendWorld } from './pretend-world.ts';
import { seeded } from './random.ts';
import { readTold } from './read-told.ts';
import { openTestFolder } from './test-folder.ts';
import { openTestTime, type TestTime } from './test-time.ts';

export interface TestSession extends OpenedSession {
  world: PretendWorld;
  time: TestTime;
  folder: string;
  lease: { until: number };
  told: () => SessionEvent[];
  of: <T extends SessionEvent['type']>(type: T) => Extract<SessionEvent, { type: T }>[];
  texts: () => string[];
  command: (command: SessionCommand, more?: { id?: string; deadline?: number }) => Promise<string>;
  /** Lets time pass until it is so. */
  until: (look: () => boolean, what: string) => Promise<void>;
  ready: () => Promise<void>;
}

const device = '00000000-0000-4000-8000-000000000001';
const settings = { kind: 'sandbox', browser: 'headless_shell', economy: false, paced: false, historyDays: 30 } as const;

let commands = 0;

interface Given extends Partial<SessionOptions> {
  world?: PretendWorld;
  paced?: boolean;
}

interface Parts {
  world: PretendWorld;
  time: TestTime;
  folder: string;
  lease: { until: number };
  paced: boolean;
}

const usual = ({ world, time, folder, lease, paced }: Parts): SessionOptions => ({
  device,
  epoch: 1,
  deviceName: 'Waxos',
  settings: { ...settings, paced },
  folder,
  outboxBytesMax: 10_000_000,
  door: world.door,
  openDriver: world.openDriver,
  time,
  random: seeded(1),
  leaseUntil: () => lease.until,
  download: async () => new Uint8Array([1]),
  upload: async () => 'stored',
  glimpse: () => undefined,
  log: openLog({ name: 'test', level: 'silent' }),
});

export const openTestSession = async ({ world: known, paced = false, ...given }: Given = {}, time = openTestTime()): Promise<TestSession> => {
  const world = known ?? openPretendWorld(time);
  const folder = given.folder ?? join(await openTestFolder(), device);
  const lease = { until: Number.MAX_SAFE_INTEGER };
  const opened = await openSession({ ...usual({ world, time, folder, lease, paced }), ...given });
  const { session, outbox } = opened;
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await outbox.close();
  };
  onTestFinished(close);
  const told = (): SessionEvent[] => readTold(join(folder, 'outbox'));
  const of = <T extends SessionEvent['type']>(type: T) => told().filter((event): event is Extract<SessionEvent, { type: T }> => event.type === type);
  const until: TestSession['until'] = async (look, what) => {
    const lookAgain = async (): Promise<true | undefined> => {
      if (look()) return true;
      await time.pass(250);
      return undefined;
    };
    await waitFor(lookAgain, { timeoutMs: 10_000, intervalMs: 1, what });
    if (!closed) await outbox.kept();
  };
  const command: TestSession['command'] = async (one, { id = `command ${(commands += 1)}`, deadline = time.now().getTime() + 600_000 } = {}) => {
    await session.obey({ id, device, epoch: 1, leaseUntil: lease.until, deadline, command: one });
    return id;
  };
  return {
    ...opened,
    outbox: { ...outbox, close },
    world,
    time,
    folder,
    lease,
    told,
    of,
    texts: () => of('message.seen').map(({ message }) => (message.content.kind === 'text' ? message.content.text : message.content.kind)),
    command,
    until,
    ready: async () => {
      world.linked = true;
      await command({ type: 'session.start', settings: { ...settings, paced } });
      await until(() => session.state() === 'ready', 'ready');
    },
  };
};

export const person = (n: number) => ({ kind: 'person' as const, person: { phone: `49170${String(n).padStart(6, '0')}` } });
export const messageId = (n: number): string => `3EB0${n.toString(16).toUpperCase().padStart(18, '0')}`;
export const sendText = (n: number, text = `text ${n}`): SessionCommand => ({ type: 'message.send', chat: person(n), messageId: messageId(n), content: { kind: 'text', text } });
