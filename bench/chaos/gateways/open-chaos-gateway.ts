import { createServer } from 'node:http';
import type { AddressInfo, Socket as NetSocket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { SessionCommand, SessionSettings } from '@waxos/contract/node-link/commands';
import { FRAME_BYTES_MAX, NODE_PROTOCOL, commandAnswerSchema, heartbeatSchema, helloSchema, type CommandAnswer, type Welcome } from '@waxos/contract/node-link/frames';
import type { Dice } from '@waxos/sandbox/driver/throw-dice';
import { Server, type Socket } from 'socket.io';
import { openSendBook, type SendBook, type SendRow } from '../sends/open-send-book.ts';
import { openCommits, type Commits } from './commit-events.ts';
import { dispatchSends, type AskNode } from './dispatch-sends.ts';
import { LEASE_MS, holdPlaces, type Place, type Places } from './hold-places.ts';

/**
 * The far end of the link, as the gateway is to be: leases with epochs that rise, events committed serially for each
 * device and acknowledged then, commands asked again under their ids, and what may have been sent looked for. What it
 * commits stays in this process, which nothing kills.
 */
export interface ChaosGateway extends Pick<Commits, 'watch' | 'faults' | 'counts'> {
  url: string;
  token: string;
  places: Places;
  book: SendBook;
  /** From now on some node is to run it. */
  place: (device: string, settings: SessionSettings) => Place;
  /** In its conversation's turn. */
  send: (row: Parameters<SendBook['add']>[0]) => void;
  /** Once, under the present lease; undefined where no answer came. */
  ask: (device: string, command: SessionCommand) => Promise<CommandAnswer | undefined>;
  /** All connections end at once, and none is let in for so long. */
  cut: (forMs: number) => void;
  isLinked: () => boolean;
  checks: () => number;
  close: () => Promise<void>;
}

interface GatewayOptions {
  dice: Dice;
  sendMs: number;
}

const answerMs = 5_000;
const pumpMs = 100;
const restartMs = 300;

export const openChaosGateway = async ({ dice, sendMs }: GatewayOptions): Promise<ChaosGateway> => {
  const now = Date.now;
  const token = 'a-token-of-a-chaos';
  const places = holdPlaces(now);
  const book = openSendBook();
  const commits = openCommits({ places, dice, now });
  const line = openLine(token);
  const ask: AskNode = async (place, { id, deadline, command }) => {
    const socket = line.node();
    if (socket === undefined) return undefined;
    const frame = { id, device: place.device, epoch: place.epoch, leaseUntil: place.leaseUntil, deadline, command };
    // No answer is one of the answers: whether the node has it is not known, and it is asked again.
    const answer: unknown = await socket.timeout(answerMs).emitWithAck('command', frame).catch(() => undefined);
    return commandAnswerSchema.safeParse(answer).data;
  };
  const sends = dispatchSends({ places, book, ask, now, sendMs });
  const start = openStarts({ places, ask, now });
  const look = (): void => {
    if (line.node() === undefined) return;
    places.expire();
    for (const place of places.all()) {
      if (place.wanted === 'running' && !place.started) start(place);
      sends.pump(place.device);
    }
  };
  receiveNodes(line, { places, commits, now, look });
  commits.watch((frame) => {
    if (frame.event.type !== 'send.ended') return;
    book.commit(frame.event, now());
    sends.pump(frame.device);
  });
  const looking = setInterval(look, pumpMs);
  return {
    url: `http://127.0.0.1:${await line.listen()}`,
    token,
    places,
    book,
    watch: commits.watch,
    faults: commits.faults,
    counts: commits.counts,
    place: places.add,
    send: (row: Pick<SendRow, 'id' | 'device' | 'messageId' | 'chat' | 'conversation' | 'text'>) => {
      book.add(row);
      sends.pump(row.device);
    },
    ask: async (device, command) => {
      const place = places.find(device);
      if (place !== undefined) place.closing ||= command.type === 'session.stop' || command.type === 'session.log_out';
      return place === undefined ? undefined : ask(place, { id: `ask:${device}:${now()}:${Math.floor(dice.next() * 1e9)}`, deadline: now() + LEASE_MS, command });
    },
    cut: line.cut,
    isLinked: () => line.node() !== undefined,
    checks: sends.checks,
    close: async () => {
      clearInterval(looking);
      await line.close();
    },
  };
};

interface StartOptions {
  places: Places;
  ask: AskNode;
  now: () => number;
}

/** One question at a time for each device, asked again until it is taken. */
const openStarts = ({ places, ask, now }: StartOptions): ((place: Place) => void) => {
  const starting = new Set<Place>();
  const start = async (place: Place): Promise<void> => {
    const { device, epoch, settings } = place;
    places.grant(place);
    const answer = await ask(place, { id: `start:${device}:${epoch}`, deadline: now() + LEASE_MS, command: { type: 'session.start', settings } });
    if (answer?.taken === true && place.epoch === epoch) place.started = true;
    else await pause(restartMs);
  };
  return (place) => {
    if (starting.has(place)) return;
    starting.add(place);
    void start(place).finally(() => starting.delete(place));
  };
};

interface ReceiveOptions {
  places: Places;
  commits: Commits;
  now: () => number;
  look: () => void;
}

const receiveNodes = (line: Line, { places, commits, now, look }: ReceiveOptions): void => {
  line.io.of('/nodes').on('connection', (socket) => {
    socket.on('hello', (raw: unknown, answer: (welcome: Welcome) => void) => {
      const hello = helloSchema.parse(raw);
      if (hello.protocol !== NODE_PROTOCOL) return answer({ ok: false, why: 'protocol', text: `This gateway speaks protocol ${NODE_PROTOCOL}.` });
      places.meet(hello);
      answer({ ok: true, now: now(), have: places.all().map(({ device, epoch, seq }) => ({ device, epoch, seq })) });
      line.meet(socket);
      look();
    });
    socket.on('heartbeat', (raw: unknown, answer: (said: unknown) => void) => {
      const { running } = heartbeatSchema.parse(raw);
      answer({ now: now(), leases: places.renew(running) });
    });
    commits.receive(socket);
  });
};

type Line = ReturnType<typeof openLine>;

/** Sockets, and which of them is the node's. */
const openLine = (token: string) => {
  const http = createServer();
  const io = new Server(http, { transports: ['websocket'], maxHttpBufferSize: 4 * FRAME_BYTES_MAX });
  const sockets = new Set<NetSocket>();
  let node: Socket | undefined;
  let shutUntil = 0;
  io.of('/nodes').use((socket, next) => next(socket.handshake.auth['token'] === token ? undefined : new Error('token')));
  http.on('connection', (socket) => {
    if (Date.now() < shutUntil) return void socket.destroy();
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const cut = (forMs: number): void => {
    shutUntil = Date.now() + forMs;
    for (const socket of sockets) socket.destroy();
  };
  return {
    io,
    node: () => (node?.connected === true ? node : undefined),
    meet: (socket: Socket): void => {
      // Of two that say they are the node the newer one is it.
      node?.disconnect(true);
      node = socket;
    },
    cut,
    listen: async (): Promise<number> => {
      await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
      return (http.address() as AddressInfo).port;
    },
    close: async (): Promise<void> => {
      cut(0);
      await io.close();
    },
  };
};
