import type { Acked, EventFrame, Welcome } from '@waxos/contract/node-link/frames';
import type { EventSource, NumberedEvent } from './event-source.ts';
import { fitFrame } from './fit-frame.ts';
import { openWindow, type OnTheWay, type SenderLimits, type Window } from './open-window.ts';

/**
 * Events of all devices on their way to the gateway. A device is a lane: idle until it is woken, hungry until a read
 * of its outbox finds no more. Nothing is read that the window has no room for, so a gateway that does not acknowledge
 * costs a bounded amount of memory; and no lane may take the whole window, so a device whose events the gateway is slow
 * about does not hold the others up.
 *
 *   connected: begin(wire, have) ─▶ lanes go on behind what the gateway has ─▶ cut: end(), what was on the way is forgotten
 */
export interface Sender {
  begin: (wire: Wire, have: Have) => void;
  end: () => void;
  attach: (source: EventSource) => Attached;
  acked: (acked: Acked) => void;
  /** All lanes look again, such as after a failed read. */
  lookAgain: () => void;
  /** Whether everything that is in the outboxes has been sent and acknowledged. */
  isIdle: () => boolean;
  inFlight: () => { events: number; bytes: number };
}

/** Sends at once; only handed out while there is a connection. */
export type Wire = (frame: EventFrame) => void;

type Have = Extract<Welcome, { ok: true }>['have'];

export interface Attached {
  /** There is something new to read. */
  wake: () => void;
  detach: () => void;
}

interface Lane {
  source: EventSource;
  sent: number;
  onTheWay: OnTheWay;
}

interface SenderOptions {
  limits: SenderLimits;
  report: (error: unknown, device: string) => void;
}

export const openSender = ({ limits, report }: SenderOptions): Sender => {
  const lanes = new Map<string, Lane>();
  const known = openKnown();
  const window = openWindow(limits);
  const pump = openPump({ window, report, isOpen: (lane) => lanes.get(lane.source.device) === lane });
  const forget = ({ source }: Lane, through: number): void => {
    Promise.resolve(source.forget(through)).catch((error: unknown) => report(error, source.device));
  };
  const resume = (lane: Lane): void => {
    window.arrived(lane.onTheWay, Infinity);
    lane.sent = known.seqOf(lane.source);
    if (lane.sent > 0) forget(lane, lane.sent);
  };
  const drop = (lane: Lane): void => {
    if (lanes.get(lane.source.device) === lane) lanes.delete(lane.source.device);
    pump.leave(lane);
    window.arrived(lane.onTheWay, Infinity);
  };

  return {
    begin: (wire, have) => {
      have.forEach(known.learn);
      for (const lane of lanes.values()) resume(lane);
      pump.connect(wire);
      pump.rouse(lanes.values());
    },
    end: () => {
      pump.connect(undefined);
      for (const lane of lanes.values()) window.arrived(lane.onTheWay, Infinity);
    },
    attach: (source) => {
      const before = lanes.get(source.device);
      if (before !== undefined) drop(before);
      const lane: Lane = { source, sent: known.seqOf(source), onTheWay: [] };
      lanes.set(source.device, lane);
      pump.rouse([lane]);
      return { wake: () => (lanes.get(source.device) === lane ? pump.rouse([lane]) : undefined), detach: () => drop(lane) };
    },
    acked: (acked) => {
      const lane = lanes.get(acked.device);
      // A number that was never sent would make the node forget what the gateway does not have.
      if (lane === undefined || lane.source.epoch !== acked.epoch || acked.seq > lane.sent || acked.seq <= known.seqOf(acked)) return;
      known.learn(acked);
      window.arrived(lane.onTheWay, acked.seq);
      forget(lane, acked.seq);
      pump.rouse([]);
    },
    lookAgain: () => pump.rouse(lanes.values()),
    isIdle: () => pump.isIdle() && window.held().events === 0,
    inFlight: window.held,
  };
};

/** How much of each device the gateway has. What was forgotten here cannot be sent again, whatever it says later. */
const openKnown = () => {
  const known = new Map<string, { epoch: number; seq: number }>();
  const seqOf = ({ device, epoch }: { device: string; epoch: number }): number => {
    const found = known.get(device);
    return found?.epoch === epoch ? found.seq : 0;
  };
  const learn = ({ device, epoch, seq }: Acked): void => {
    const before = known.get(device);
    if (before === undefined || epoch > before.epoch || (epoch === before.epoch && seq > before.seq)) known.set(device, { epoch, seq });
  };
  return { seqOf, learn };
};

interface PumpOptions {
  window: Window;
  isOpen: (lane: Lane) => boolean;
  report: (error: unknown, device: string) => void;
}

/** Reads the hungry lanes in turn, one after another, as long as there is room. */
const openPump = ({ window, isOpen, report }: PumpOptions) => {
  // In the order in which they get their turn.
  const hungry = new Set<Lane>();
  let wire: Wire | undefined;
  let isPumping = false;

  const feed = async (lane: Lane): Promise<void> => {
    // Before the read: what is woken meanwhile makes it hungry again.
    hungry.delete(lane);
    const [line, room] = [wire, window.roomFor(lane.onTheWay)];
    const found = await lane.source.read(lane.sent, room);
    if (line === undefined || wire !== line || !isOpen(lane)) return;
    if (found.length >= room) hungry.add(lane);
    for (const one of found) send({ lane, window, wire: line }, one);
  };
  const nextLane = (): Lane | undefined => (wire === undefined ? undefined : [...hungry].find((lane) => window.roomFor(lane.onTheWay) > 0));
  const run = async (): Promise<void> => {
    if (isPumping) return;
    isPumping = true;
    for (let lane = nextLane(); lane !== undefined; lane = nextLane()) {
      try {
        await feed(lane);
      } catch (error) {
        report(error, lane.source.device);
      }
    }
    isPumping = false;
  };
  return {
    connect: (line: Wire | undefined): void => {
      wire = line;
    },
    rouse: (some: Iterable<Lane>): void => {
      for (const lane of some) hungry.add(lane);
      void run();
    },
    leave: (lane: Lane): void => void hungry.delete(lane),
    isIdle: (): boolean => hungry.size === 0 && !isPumping,
  };
};

const send = ({ lane, window, wire }: { lane: Lane; window: Window; wire: Wire }, { seq, at, event }: NumberedEvent): void => {
  const { device, epoch } = lane.source;
  if (seq <= lane.sent) throw new Error(`an outbox gave number ${seq} behind ${lane.sent}`);
  const { frame, bytes } = fitFrame({ device, epoch, seq, at, event });
  lane.sent = seq;
  window.put(lane.onTheWay, { seq, bytes });
  wire(frame);
};
