import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo, Socket as NetSocket } from 'node:net';
import { EVENT_WINDOW, FRAME_BYTES_MAX, commandAnswerSchema, eventFrameSchema, glimpseFrameSchema, heartbeatSchema, helloSchema, NODE_PROTOCOL, type CommandAnswer, type CommandFrame, type EventFrame, type GlimpseFrame, type Heartbeat, type Hello, type Welcome } from '@waxos/contract/node-link/frames';
import type { SessionEvent } from '@waxos/contract/node-link/events';
import { waitFor } from '@waxos/process/poll';
import { Server, type Socket } from 'socket.io';
import { receiveMedia, type MediaReceiver } from './receive-media.ts';

export interface TestGatewayOptions {
  token?: string;
  protocol?: number;
  port?: number;
  /** Its clock may be another than the node's. */
  now?: () => number;
  leaseMs?: number;
}

/**
 * The other end of the link, in memory: it commits serially per device, passes over what it has, refuses epochs that are
 * not the device's, and notes whatever a node does against the contract.
 */
export interface TestGateway {
  url: string;
  token: string;
  port: number;
  hellos: Hello[];
  heartbeats: Heartbeat[];
  glimpses: GlimpseFrame[];
  /** As they came, those that were passed over too. */
  arrived: EventFrame[];
  /** As a database would have them. */
  committed: EventFrame[];
  /** What the contract does not allow; empty at the end of every test. */
  faults: string[];
  media: MediaReceiver;
  /** Which epoch holds the device. */
  grant: (device: string, epoch: number) => void;
  /** Whether its heartbeats renew leases; they do unless told. */
  renew: (renews: boolean) => void;
  /** To whichever node is connected. */
  command: (frame: CommandFrame) => Promise<CommandAnswer>;
  /** To the next node that says hello, right behind its welcome. */
  commandAtWelcome: (frame: CommandFrame) => Promise<CommandAnswer>;
  /** Nothing is committed until it is called with true; false holds it again. */
  letCommit: (open: boolean) => void;
  /** It reads nothing more from its sockets, and they stand. */
  stall: () => void;
  /** All sockets end at once; what was not committed is lost. */
  cut: () => void;
  /** Calls it for each event as it is committed, until what it answers is called. */
  watch: (hear: (frame: EventFrame) => void) => () => void;
  until: <T extends SessionEvent['type']>(type: T, isIt?: (event: Extract<SessionEvent, { type: T }>, device: string) => boolean, timeoutMs?: number) => Promise<Extract<SessionEvent, { type: T }>>;
  close: () => Promise<void>;
}

export const openTestGateway = async ({ token = 'a-token-of-a-test', protocol = NODE_PROTOCOL, port: wantedPort = 0, now = Date.now, leaseMs = 60_000 }: TestGatewayOptions = {}): Promise<TestGateway> => {
  const book = openBook();
  const media = receiveMedia(token);
  const http = createServer((request, response) => media.answer(request, response));
  const sockets = watchSockets(http);
  const io = new Server(http, { transports: ['websocket'], maxHttpBufferSize: 4 * FRAME_BYTES_MAX });
  const nodes = io.of('/nodes');
  nodes.use((socket, next) => {
    if (socket.handshake.auth['token'] === token) return next();
    const refusal: Welcome = { ok: false, why: 'token', text: 'The token is not known.' };
    next(Object.assign(new Error('token'), { data: refusal }));
  });
  nodes.on('connection', (socket) => receiveNode(socket, book, { protocol, now, leaseMs }));
  const port = await listen(http, wantedPort);

  return {
    url: `http://127.0.0.1:${port}`,
    token,
    port,
    hellos: book.hellos,
    heartbeats: book.heartbeats,
    glimpses: book.glimpses,
    arrived: book.arrived,
    committed: book.committed,
    faults: book.faults,
    media,
    grant: (device, epoch) => void book.epochs.set(device, epoch),
    renew: (renews) => {
      book.renews = renews;
    },
    command: async (frame) => {
      if (frame.command.type === 'session.start') book.epochs.set(frame.device, frame.epoch);
      const socket = await waitFor(() => [...book.welcomed].findLast((one) => one.connected), { timeoutMs: 5_000, what: 'a node' });
      return commandAnswerSchema.parse(await socket.timeout(5_000).emitWithAck('command', frame));
    },
    commandAtWelcome: (frame) => commandAtWelcome(book, frame),
    letCommit: book.letCommit,
    stall: () => {
      for (const socket of sockets) socket.pause();
    },
    cut: () => {
      book.generation.value += 1;
      for (const socket of sockets) socket.destroy();
    },
    watch: (hear) => {
      book.watchers.add(hear);
      return () => void book.watchers.delete(hear);
    },
    until: untilCommitted(book),
    close: async () => {
      book.letCommit(true);
      // A stalled one would never notice that it is to close.
      for (const socket of sockets) socket.destroy();
      await io.close();
      await media.close();
    },
  };
};

const commandAtWelcome = (book: Book, frame: CommandFrame): Promise<CommandAnswer> =>
  new Promise((resolve, reject) => {
    book.atWelcome = (socket) => {
      book.atWelcome = undefined;
      socket.timeout(5_000).emitWithAck('command', frame).then((said) => resolve(commandAnswerSchema.parse(said)), reject);
    };
  });

const listen = async (http: HttpServer, wanted: number): Promise<number> => {
  const listening = Promise.withResolvers<void>();
  http.once('error', listening.reject).listen(wanted, '127.0.0.1', listening.resolve);
  await listening.promise;
  return (http.address() as AddressInfo).port;
};

const untilCommitted =
  (book: Book): TestGateway['until'] =>
  async (type, isIt = () => true, timeoutMs = 20_000) => {
    const find = () => {
      for (const { event, device } of book.committed) if (isType(event, type) && isIt(event, device)) return event;
      return undefined;
    };
    return waitFor(find, { timeoutMs, what: `${type} at the gateway` });
  };

const isType = <T extends SessionEvent['type']>(event: SessionEvent, type: T): event is Extract<SessionEvent, { type: T }> => event.type === type;

const watchSockets = (http: HttpServer): Set<NetSocket> => {
  const sockets = new Set<NetSocket>();
  http.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
};

type Book = ReturnType<typeof openBook>;

const openBook = () => {
  let gate = Promise.withResolvers<void>();
  gate.resolve();
  const turns = new Map<string, Promise<void>>();
  return {
    hellos: [] as Hello[],
    welcomed: new Set<Socket>(),
    atWelcome: undefined as ((socket: Socket) => void) | undefined,
    heartbeats: [] as Heartbeat[],
    glimpses: [] as GlimpseFrame[],
    arrived: [] as EventFrame[],
    committed: [] as EventFrame[],
    watchers: new Set<(frame: EventFrame) => void>(),
    faults: [] as string[],
    epochs: new Map<string, number>(),
    renews: true,
    have: new Map<string, { epoch: number; seq: number }>(),
    /** Of what a cut loses. */
    generation: { value: 0 },
    letCommit: (open: boolean): void => {
      if (open) gate.resolve();
      else gate = Promise.withResolvers();
    },
    inTurn: (device: string, work: () => void): void => {
      const turn = (turns.get(device) ?? Promise.resolve()).then(() => gate.promise).then(work);
      turns.set(device, turn);
    },
  };
};

const receiveNode = (socket: Socket, book: Book, { protocol, now, leaseMs }: Required<Pick<TestGatewayOptions, 'protocol' | 'now' | 'leaseMs'>>): void => {
  const { value: generation } = book.generation;
  let onTheWay = 0;
  socket.on('hello', (raw: unknown, answer: (welcome: Welcome) => void) => {
    const hello = helloSchema.parse(raw);
    book.hellos.push(hello);
    if (hello.protocol !== protocol) answer({ ok: false, why: 'protocol', text: `This gateway speaks protocol ${protocol}.` });
    else {
      answer({ ok: true, now: now(), have: [...book.have].map(([device, { epoch, seq }]) => ({ device, epoch, seq })) });
      book.welcomed.add(socket);
      book.atWelcome?.(socket);
    }
  });
  socket.on('heartbeat', (raw: unknown, answer: (said: unknown) => void) => {
    book.heartbeats.push(heartbeatSchema.parse(raw));
    answer({ now: now(), leases: book.renews ? [...book.epochs].map(([device, epoch]) => ({ device, epoch, until: now() + leaseMs })) : [] });
  });
  socket.on('glimpse', (raw: unknown) => {
    const read = glimpseFrameSchema.safeParse(raw);
    if (read.success) book.glimpses.push(read.data);
    else book.faults.push(`a glimpse does not keep the contract: ${read.error.message}`);
  });
  socket.on('event', (raw: unknown) => {
    const read = eventFrameSchema.safeParse(raw);
    if (!read.success) {
      book.faults.push(`an event does not keep the contract: ${read.error.message} ${JSON.stringify(raw).slice(0, 500)}`);
      return;
    }
    const frame = read.data;
    const bytes = Buffer.byteLength(JSON.stringify(raw));
    if (bytes > FRAME_BYTES_MAX) book.faults.push(`a frame of ${bytes} bytes`);
    book.arrived.push(frame);
    onTheWay += 1;
    if (onTheWay > EVENT_WINDOW) book.faults.push(`${onTheWay} events on the way`);
    book.inTurn(frame.device, () => {
      if (book.generation.value !== generation) return;
      onTheWay -= 1;
      commit(socket, book, frame);
    });
  });
};

const commit = (socket: Socket, book: Book, frame: EventFrame): void => {
  const { device, epoch, seq } = frame;
  if (book.epochs.get(device) !== epoch) {
    socket.emit('refused', { device, epoch });
    return;
  }
  const before = book.have.get(device);
  const last = before?.epoch === epoch ? before.seq : 0;
  if (seq > last) {
    // A new epoch begins where its outbox does; within one no number is left out.
    if (last > 0 && seq !== last + 1) book.faults.push(`number ${seq} behind ${last} of ${device}`);
    book.have.set(device, { epoch, seq });
    book.committed.push(frame);
    for (const hear of book.watchers) hear(frame);
  }
  socket.emit('acked', { device, epoch, seq: Math.max(seq, last) });
};
