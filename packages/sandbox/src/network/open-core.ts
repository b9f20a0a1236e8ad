import type { Core } from './core.ts';
import { endSockets, type Line } from './devices/connect-device.ts';
import { flushQueue } from './devices/flush-queue.ts';
import { forgetIdleDevices } from './devices/forget-idle.ts';
import { mendAfterCrash, reactToEntry } from './devices/react-to-entries.ts';
import { receiveFrame } from './devices/receive-frame.ts';
import { openSockets, type Sockets } from './devices/sockets.ts';
import { openFaultBook } from './faults/fault-book.ts';
import { foldEntry } from './fold/fold-entry.ts';
import { openWorld } from './fold/open-world.ts';
import { openLedger, type OpenLedger } from './ledgers/open-ledger.ts';
import { catchUp } from './messages/arrive-at-phones.ts';
import type { NetworkParts } from './network-parts.ts';
import { openAlarms } from './open-alarms.ts';
import { openTurns } from './open-turns.ts';
import type { DeviceRecord } from './records/device-record.ts';
import type { Room } from './room.ts';
import { openWatchers, type Watchers } from './views/watchers.ts';

interface OpenCore {
  core: Core;
  ledger: OpenLedger;
  sockets: Sockets;
  watchers: Watchers;
  line: Line;
  run: <T>(act: () => T) => T;
  close: () => Promise<void>;
}

/** Folds what the journal holds, and stands ready for acts and sockets. */
export const openCore = ({ id, clock, random, journal, pairing, room, report, after }: NetworkParts): OpenCore => {
  const ledger = openLedger(journal);
  const sockets = openSockets();
  const watchers = openWatchers();
  const alarms = openAlarms({ after, report });
  const filled = new Set<DeviceRecord>();
  let at = 0;
  const world = openWorld({ at: () => at, touch: watchers.touch, filled: (device) => void filled.add(device) });
  const said: (() => void)[] = [];
  const run = openTurns({ isBehind: ledger.isBehind, publish: () => publish({ ledger, sockets, said, filled, room, flush: line.flush }) });

  const core: Core = {
    id,
    state: world.state,
    random,
    faults: openFaultBook(world.state),
    passing: { typing: new Map(), present: new Map(), owed: new Map(), promised: new Set(), unticked: new Map() },
    ...(pairing === undefined ? {} : { pairing }),
    ...(room === undefined ? {} : { room }),
    now: () => clock.now().getTime(),
    happen: (happened) => {
      const entry = ledger.append(happened, core.now());
      at = entry.at;
      try {
        foldEntry(world, entry);
      } catch (error) {
        ledger.withdraw(entry);
        throw error;
      }
      return entry;
    },
    after: (ms, act) => alarms.set(ms, () => run(act)),
    touch: watchers.touch,
    live: (account, live) => {
      for (const device of world.state.accounts.get(account)?.devices.keys() ?? []) sockets.send(device, { t: 'live', live });
    },
  };
  const line: Line = { sockets, run, say: (speak) => void said.push(speak), flush: (socket) => flushQueue(core, socket), receive: (socket, frame) => receiveFrame(core, line, { socket, frame }) };

  for (const entry of ledger.read(1, ledger.size())) {
    at = entry.at;
    foldEntry(world, entry);
  }
  filled.clear();
  ledger.watch((entry) => reactToEntry(core, sockets, entry));
  run(() => {
    mendAfterCrash(core, (account) => catchUp(core, account));
    forgetIdleDevices(core);
  });

  const close = async (): Promise<void> => {
    run(() => {
      for (const { device } of sockets.all()) endSockets(core, sockets, { device: device.device, reason: 'replaced' });
    });
    alarms.close();
    watchers.close();
    await journal?.close();
  };
  return { core, ledger, sockets, watchers, line, run, close };
};

interface Heard {
  room: Room | undefined;
  ledger: OpenLedger;
  sockets: Sockets;
  said: (() => void)[];
  filled: Set<DeviceRecord>;
  flush: Line['flush'];
}

const publish = ({ ledger, sockets, said, filled, room, flush }: Heard): void => {
  for (;;) {
    ledger.publish();
    room?.note(ledger.bytes());
    // Answers before stanzas: a tick comes before the receipts that follow it.
    for (let speak = said.shift(); speak !== undefined; speak = said.shift()) speak();
    const [device] = filled;
    if (device === undefined) return;
    filled.delete(device);
    const socket = sockets.active(device.device);
    if (socket !== undefined) flush(socket);
  }
};
