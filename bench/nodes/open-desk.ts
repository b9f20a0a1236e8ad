import { randomUUID } from 'node:crypto';
import type { SessionCommand, SessionSettings } from '@waxos/contract/node-link/commands';
import type { CommandAnswer, EventFrame } from '@waxos/contract/node-link/frames';
import { openTestGateway, type TestGateway } from '@waxos/session-node/testing/test-gateway';
import type { ControlClient } from '@waxos/sandbox/server/control-client';

/** The far end of the link: a gateway in the benchmark's own process, and who sits at it. */
export interface Desk {
  gateway: TestGateway;
  /** Under the device's present lease. Throws where the node does not take it. */
  ask: (device: string, command: SessionCommand) => Promise<void>;
  /** Under a new lease, as a gateway does with a node that has just come. */
  begin: (device: string, settings?: Partial<SessionSettings>) => Promise<void>;
  /** Resolves with the moment, by this process' clock, at which the gateway knew of it under the present lease. */
  untilState: (device: string, state: string, timeoutMs?: number) => Promise<number>;
  /** Begins a new device and resolves with its first QR, and when the gateway had it. */
  untilQr: (device: string, timeoutMs?: number) => Promise<{ qr: string; at: number }>;
  close: () => Promise<void>;
}

interface Waiting {
  isIt: (frame: EventFrame) => boolean;
  found: (at: number) => void;
}

/** As the standard of a device that is measured: nothing is held up on purpose. */
const benchSettings: SessionSettings = { kind: 'sandbox', browser: 'headless_shell', economy: false, paced: false, historyDays: 0 };

const LEASE_MS = 60_000;
const COMMAND_MS = 120_000;

export const openDesk = async (): Promise<Desk> => {
  const gateway = await openTestGateway();
  const epochs = new Map<string, number>();
  const waiting = new Set<Waiting>();
  gateway.watch((frame) => {
    const at = performance.now();
    for (const one of waiting) if (one.isIt(frame)) one.found(at);
  });
  const epochOf = (device: string): number => epochs.get(device) ?? 1;
  const statesOf = (device: string): string => gateway.committed.flatMap((frame) => (frame.device === device && frame.event.type === 'session.changed' ? [frame.event.state] : [])).join(', ');
  /** What came before it was asked for counts as well, from now. */
  const until = (device: string, isEvent: (event: EventFrame['event']) => boolean, { what, timeoutMs }: { what: string; timeoutMs: number }): Promise<{ at: number; frame: EventFrame }> =>
    new Promise((resolve, reject) => {
      const isIt = (frame: EventFrame): boolean => frame.device === device && frame.epoch === epochOf(device) && isEvent(frame.event);
      const one: Waiting = { isIt, found: (at) => end(at) };
      const end = (at: number): void => {
        const frame = gateway.committed.findLast(isIt);
        if (frame === undefined) return;
        clearTimeout(timer);
        waiting.delete(one);
        resolve({ at, frame });
      };
      const timer = setTimeout(() => {
        waiting.delete(one);
        reject(new Error(`waited too long for ${what} of a device, after ${statesOf(device)}`));
      }, timeoutMs);
      waiting.add(one);
      end(performance.now());
    });
  const ask: Desk['ask'] = async (device, command) => {
    const answer: CommandAnswer = await gateway.command({ id: randomUUID(), device, epoch: epochOf(device), leaseUntil: Date.now() + LEASE_MS, deadline: Date.now() + COMMAND_MS, command });
    if (!answer.taken) throw new Error(`the node does not take ${command.type}: ${answer.why}`);
  };
  return {
    gateway,
    ask,
    begin: (device, settings) => {
      epochs.set(device, (epochs.get(device) ?? 0) + 1);
      return ask(device, { type: 'session.start', settings: { ...benchSettings, ...settings } });
    },
    untilState: async (device, state, timeoutMs = 60_000) => (await until(device, (event) => event.type === 'session.changed' && event.state === state, { what: state, timeoutMs })).at,
    untilQr: async (device, timeoutMs = 60_000) => {
      const { at, frame } = await until(device, (event) => event.type === 'session.qr', { what: 'a QR', timeoutMs });
      return { at, qr: frame.event.type === 'session.qr' ? frame.event.qr : '' };
    },
    close: gateway.close,
  };
};

/** A new device of a new account of the sandbox, linked and ready. */
export const linkDevice = async (desk: Desk, { control, network, name }: { control: ControlClient; network: string; name: string }): Promise<{ device: string; account: string; phone: string }> => {
  const { account, phone } = await control.call('accounts.add', { network, account: { name } });
  const device = randomUUID();
  await desk.begin(device);
  const { qr } = await desk.untilQr(device);
  await control.perform(network, { account, by: 'phone' }, { name: 'device.scan', args: { qr } });
  await desk.untilState(device, 'ready');
  return { device, account, phone };
};
