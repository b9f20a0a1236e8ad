import { setTimeout as pause } from 'node:timers/promises';
import { EVENT_WINDOW, NODE_PROTOCOL, type CommandFrame, type Heartbeat, type Hello, type LeaseRenewal } from '@waxos/contract/node-link/frames';
import type { Glimpse } from '@waxos/contract/node-link/events';
import { waitFor } from '@waxos/process/poll';
import type { Log } from '@waxos/process/log';
import type { EventSource } from './event-source.ts';
import type { GatewayClock } from './follow-clock.ts';
import { holdConnection, type ConnectionParts, type Ended } from './hold-connection.ts';
import { openGlimpser } from './open-glimpser.ts';
import { openSender, type Attached } from './open-sender.ts';
import type { SenderLimits } from './open-window.ts';
import { takeCommands } from './take-commands.ts';

/** What the node does for the gateway; none of it may take long, and none of it throws for what a session does wrong. */
export interface LinkedNode {
  running: () => { device: string; epoch: number }[];
  /** Resolves when it is kept, also through a crash; what comes of it is told by events. An id that is known is nothing new. */
  obey: (frame: CommandFrame) => Promise<void>;
  leasesRenewed: (leases: LeaseRenewal[]) => void;
  /** Another epoch holds the device. */
  leaseLost: (device: string, epoch: number) => void;
  measure: () => Promise<Omit<Heartbeat, 'at' | 'running'>>;
}

export interface LinkOptions {
  gatewayUrl: string;
  token: string;
  name: string;
  /** Of this folder of the node's data: a node of the same name elsewhere is another one. */
  instance: string;
  version: string;
  memoryBudgetBytes: number;
  node: LinkedNode;
  /** Whatever comes from the gateway is told on in the node's own time. */
  clock: GatewayClock;
  log: Log;
  limits?: Partial<SenderLimits>;
  delays?: Partial<Delays>;
  now?: () => number;
}

interface Delays {
  heartbeatMs: number;
  /** How long the gateway may take over an answer. */
  answerMs: number;
  firstRetryMs: number;
  lastRetryMs: number;
  /** After a refusal by name, which only a person can end. */
  refusedMs: number;
}

export interface Link {
  attach: (source: EventSource) => Attached;
  /** Of a moment only: dropped wherever it would have to wait. */
  glimpse: (device: string, epoch: number, glimpse: Glimpse) => void;
  /** No session is started any more. */
  drain: () => void;
  /** Until everything told so far is acknowledged; false where that took too long. */
  settle: (timeoutMs: number) => Promise<boolean>;
  state: () => LinkState;
  inFlight: () => { events: number; bytes: number };
  close: () => Promise<void>;
}

export type LinkState = 'connecting' | 'connected' | 'refused' | 'closed';

const usualDelays: Delays = { heartbeatMs: 5_000, answerMs: 15_000, firstRetryMs: 200, lastRetryMs: 10_000, refusedMs: 30_000 };
/** A fourth of the window for a device; the bytes that a window of usual events never reaches. */
const usualLimits: SenderLimits = { events: EVENT_WINDOW, eventsOfDevice: EVENT_WINDOW / 4, bytes: 4 * 1_024 * 1_024 };

export const openLink = (options: LinkOptions): Link => {
  const { node, clock, log, now = Date.now } = options;
  const delays = { ...usualDelays, ...options.delays };
  const sender = openSender({ limits: { ...usualLimits, ...options.limits }, report: (error, device) => log.error({ err: error, device }, 'an outbox could not be read') });
  const glimpser = openGlimpser({ inFlight: sender.inFlight, now });
  const commands = takeCommands({ node, log, clock, now });
  const closing = new AbortController();
  let state: LinkState = 'connecting';
  let tries = 0;

  const report = (error: unknown, during: string): void => log.error({ err: error, during }, 'the link failed at something');
  const welcomed = (): void => {
    [state, tries] = ['connected', 0];
    log.info({ gateway: options.gatewayUrl }, 'link.connected');
  };
  const hello = (): Hello => ({ node: options.name, protocol: NODE_PROTOCOL, instance: options.instance, version: options.version, memoryBudgetBytes: options.memoryBudgetBytes, running: node.running() });
  const parts: ConnectionParts = {
    ...delays,
    url: options.gatewayUrl,
    token: options.token,
    sender,
    glimpser,
    clock,
    hello,
    // What runs is looked up last: what is taken while it measures runs as well.
    heartbeat: async () => ({ at: now(), ...(await node.measure()), running: node.running() }),
    takeCommand: commands.take,
    leasesRenewed: node.leasesRenewed,
    refused: node.leaseLost,
    welcomed,
    report,
  };
  const goOn = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      const ended = await holdConnection(parts, closing.signal);
      if (closing.signal.aborted) return;
      state = ended.how === 'refused' ? 'refused' : 'connecting';
      const delayMs = ended.how === 'refused' ? delays.refusedMs : backOff(delays, tries);
      tries += 1;
      tell(log, ended, delayMs);
      await pause(delayMs, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  };
  const going = goOn();

  return {
    attach: sender.attach,
    glimpse: (device, epoch, glimpse) => glimpser.tell({ device, epoch, at: now(), glimpse }),
    drain: commands.drain,
    settle: (timeoutMs) => waitFor(() => (sender.isIdle() ? true : undefined), { timeoutMs, what: 'acknowledgements' }).catch(() => false),
    state: () => state,
    inFlight: sender.inFlight,
    close: async () => {
      closing.abort();
      await going;
      state = 'closed';
    },
  };
};

/** Half of it by chance, so that a gateway that comes back does not meet all its nodes at once. */
const backOff = ({ firstRetryMs, lastRetryMs }: Delays, tries: number): number => Math.min(lastRetryMs, firstRetryMs * 2 ** Math.min(tries, 20)) * (0.5 + Math.random() / 2);

const tell = (log: Log, ended: Ended, againInMs: number): void => {
  if (ended.how === 'refused') log.error({ why: ended.refusal.why, said: ended.refusal.text, againInMs }, 'the gateway refuses this node');
  else log.warn({ how: ended.how, why: ended.why, againInMs: Math.round(againInMs) }, 'link.lost');
};
