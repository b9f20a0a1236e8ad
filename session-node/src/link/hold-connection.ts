import { ackedSchema, heartbeatAnswerSchema, refusedSchema, welcomeSchema, type CommandAnswer, type EventFrame, type Heartbeat, type Hello, type LeaseRenewal, type Welcome } from '@waxos/contract/node-link/frames';
import { io, type Socket } from 'socket.io-client';
import type { GatewayClock } from './follow-clock.ts';
import type { Glimpser } from './open-glimpser.ts';
import { openLine } from './open-line.ts';
import type { Sender } from './open-sender.ts';

export type Refusal = Extract<Welcome, { ok: false }>;

/** How a connection came to its end. `cut` after a welcome, `unreached` without one. */
export type Ended = { how: 'unreached' | 'cut'; why: string } | { how: 'refused'; refusal: Refusal };

export interface ConnectionParts {
  url: string;
  token: string;
  sender: Sender;
  glimpser: Glimpser;
  clock: GatewayClock;
  hello: () => Hello;
  heartbeat: () => Promise<Heartbeat>;
  heartbeatMs: number;
  answerMs: number;
  takeCommand: (raw: unknown) => Promise<CommandAnswer>;
  leasesRenewed: (leases: LeaseRenewal[]) => void;
  refused: (device: string, epoch: number) => void;
  welcomed: () => void;
  report: (error: unknown, during: string) => void;
}

/**
 * One connection, from its beginning to its end; each has a socket of its own, so nothing that Socket.IO kept of an
 * earlier one can arrive late. Its own repetitions and its recovery of connections are off: the first reorders, the
 * second skips the token.
 *
 *   connecting ─▶ greeting ─▶ welcomed ─▶ ended
 */
export const holdConnection = async (parts: ConnectionParts, signal: AbortSignal): Promise<Ended> => {
  if (signal.aborted) return { how: 'unreached', why: 'closed' };
  const line = openLine(parts.url);
  const socket = io(`${parts.url}/nodes`, {
    auth: { token: parts.token },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    autoConnect: false,
    timeout: parts.answerMs,
    // Its type knows pages only; on Node it is handed on to the socket as it is.
    agent: line.agent as unknown as boolean,
  });
  const ended = Promise.withResolvers<Ended>();
  const end = (how: Ended): void => {
    ended.resolve(how);
    parts.sender.end();
    parts.glimpser.end();
    socket.disconnect();
  };
  const close = (): void => end({ how: 'cut', why: 'closed' });
  signal.addEventListener('abort', close, { once: true });
  socket.once('connect_error', (error: Error & { data?: unknown }) => {
    const refusal = welcomeSchema.safeParse(error.data);
    end(refusal.success && !refusal.data.ok ? { how: 'refused', refusal: refusal.data } : { how: 'unreached', why: error.message });
  });
  socket.once('disconnect', (why) => end({ how: 'cut', why }));
  // Before the welcome: what the gateway says right behind it is read in the same turn.
  listen(socket, parts);
  let beating: NodeJS.Timeout | undefined;
  socket.once('connect', () => {
    greet({ ...parts, socket }).then(
      (welcome) => {
        if (!welcome.ok) return end({ how: 'refused', refusal: welcome });
        if (!socket.connected) return;
        parts.welcomed();
        parts.sender.begin((frame) => sendFrame(socket, parts.clock, frame), welcome.have);
        parts.glimpser.begin((frame) => {
          if (socket.connected) socket.emit('glimpse', { ...frame, at: parts.clock.toGateway(frame.at) });
        });
        beating = keepBeating(socket, parts, (why) => end({ how: 'cut', why }));
      },
      (error: unknown) => end({ how: 'unreached', why: `no welcome: ${error instanceof Error ? error.message : String(error)}` }),
    );
  });
  socket.connect();
  try {
    return await ended.promise;
  } finally {
    clearInterval(beating);
    signal.removeEventListener('abort', close);
    socket.removeAllListeners();
    line.cut();
  }
};

const greet = ({ socket, hello, clock, answerMs }: ConnectionParts & { socket: Socket }): Promise<Welcome> =>
  new Promise((resolve, reject) => {
    const asked = clock.ask();
    // A gateway that refuses may hang up right behind its answer.
    socket.timeout(answerMs).emit('hello', hello(), (error: Error | null, answer: unknown) => {
      if (error !== null) return reject(error);
      const welcome = welcomeSchema.safeParse(answer);
      if (!welcome.success) return reject(welcome.error);
      // In this turn: a command right behind the welcome is read by the same clock.
      if (welcome.data.ok) clock.learn(asked, welcome.data.now);
      resolve(welcome.data);
    });
  });

const sendFrame = (socket: Socket, clock: GatewayClock, frame: EventFrame): void => {
  const { event } = frame;
  const told = 'expiresAt' in event ? { ...event, expiresAt: clock.toGateway(event.expiresAt) } : event;
  // What is emitted while disconnected would be kept, and arrive out of order beside what is sent again.
  if (socket.connected) socket.emit('event', { ...frame, at: clock.toGateway(frame.at), event: told });
};

const listen = (socket: Socket, { sender, takeCommand, refused, report }: ConnectionParts): void => {
  const hear = (name: string, obey: (raw: unknown) => void): void => {
    socket.on(name, (raw: unknown) => {
      try {
        obey(raw);
      } catch (error) {
        report(error, name);
      }
    });
  };
  hear('acked', (raw) => sender.acked(ackedSchema.parse(raw)));
  hear('refused', (raw) => {
    const { device, epoch } = refusedSchema.parse(raw);
    refused(device, epoch);
  });
  // Without an acknowledgement asked for there is no `answer`, whatever its type says.
  socket.on('command', (raw: unknown, answer?: (said: CommandAnswer) => void) => {
    takeCommand(raw).then(
      (said) => {
        // On a socket that has ended meanwhile it would be kept for no one; the gateway asks again on the next.
        if (socket.connected) answer?.(said);
      },
      (error: unknown) => report(error, 'command'),
    );
  });
};

/** None where the clock jumped while the gateway answered: the next answer says it anew. */
const toOwn = (lease: LeaseRenewal, clock: GatewayClock): LeaseRenewal[] => {
  const until = clock.toOwn(lease.until);
  return until === undefined ? [] : [{ ...lease, until }];
};

/** One at a time: a gateway that answers no heartbeat is taken for gone, though its socket may still stand. */
const keepBeating = (socket: Socket, parts: ConnectionParts, cut: (why: string) => void): NodeJS.Timeout => {
  let asking = false;
  const beat = async (): Promise<void> => {
    const measured = await parts.heartbeat();
    if (!socket.connected) return;
    const asked = parts.clock.ask();
    const answer: unknown = await socket.timeout(parts.answerMs).emitWithAck('heartbeat', measured);
    const { now, leases } = heartbeatAnswerSchema.parse(answer);
    parts.clock.learn(asked, now);
    parts.leasesRenewed(leases.flatMap((lease) => toOwn(lease, parts.clock)));
  };
  const once = (): void => {
    if (asking) return;
    asking = true;
    parts.sender.lookAgain();
    beat()
      .catch((error: unknown) => {
        parts.report(error, 'heartbeat');
        cut('heartbeat');
      })
      .finally(() => {
        asking = false;
      });
  };
  once();
  return setInterval(once, parts.heartbeatMs);
};
