import type { WebSocket } from 'ws';
import type { DeviceConnection, DeviceSink, Network } from '../network/network.ts';
import type { NetworkFrame, PageFrame } from '../wire/frames.ts';
import type { DeviceSockets } from './device-sockets.ts';
import type { DeviceTokens } from './device-tokens.ts';
import type { Lobby, LobbyPage } from './lobby.ts';
import { parseFrame } from './parse-frame.ts';
import { openSlowLine } from './slow-line.ts';

interface DeviceParts {
  lobby: Lobby;
  sockets: DeviceSockets;
  tokens: DeviceTokens;
  findNetwork: (device: string) => Network | undefined;
  report: (error: unknown) => void;
  unreadBytesMax?: number;
}

type Malformed = { t: 'malformed'; why: string };

/** Bytes that a page has not read yet. Above it the socket is cut: the page logs in again and gets what it has not kept. */
const UNREAD_BYTES_MAX = 64 * 1024 * 1024;
/** Frames that wait on a slow line, and sockets that one device holds: more than a page has any use for. */
const WAITING_MAX = 10_000;
const SOCKETS_MAX = 8;
const POLICY_VIOLATION = 1008;
const FAILED = 1011;

/**
 * One socket of a page, which is not trusted.
 *
 *   fresh ──register──▶ in the lobby ──linked──▶ fresh ──login──▶ connected ──closed──▶ over
 *
 * Frames for another state than the present one are dropped: a page may cross with what it has not read yet.
 */
export const holdDeviceSocket = (socket: WebSocket, parts: DeviceParts): void => {
  const { lobby, sockets } = parts;
  let connected: { device: string; network: Network; line: DeviceConnection } | undefined;
  let slowMs = 0;

  const outward = openSlowLine(() => slowMs, sendTo(socket, parts.unreadBytesMax ?? UNREAD_BYTES_MAX));
  const page = { send: (frame: NetworkFrame) => outward.put(frame), end: () => outward.put('end') };

  const reconsider = (): void => {
    if (connected === undefined) return;
    const { networkLoss = false, slowMs: wait = 0 } = connected.network.faultsFor(connected.device);
    slowMs = wait;
    if (networkLoss) socket.terminate();
  };
  const held = { reconsider };

  const logIn = ({ device, token, build }: Extract<PageFrame, { t: 'login' }>): void => {
    const network = parts.findNetwork(device);
    const { networkLoss = false, slowMs: wait = 0, build: served = build } = network?.faultsFor(device) ?? {};
    if (networkLoss) return socket.terminate();
    slowMs = wait;
    if (sockets.count(device) >= SOCKETS_MAX) return socket.terminate();
    // A page whose document was pinned comes with the old build again, and WhatsApp takes old ones for a while.
    if (served !== build && sockets.isToReload(device, `${build} → ${served}`)) return dismiss(page, { t: 'reload' });
    const line = network?.connect({ device, token, build }, page);
    if (network === undefined || line === undefined) return dismiss(page, { t: 'closed', reason: 'unpaired' });
    parts.tokens.learn(device, token);
    connected = { device, network, line };
    sockets.add(device, held);
  };

  const receive = (frame: PageFrame | Malformed): void => {
    if (frame.t === 'malformed') return socket.close(POLICY_VIOLATION, frame.why.slice(0, 100));
    if (connected !== undefined) return connected.line.receive(frame);
    if (frame.t === 'login') return logIn(frame);
    receiveInLobby(lobby, page, frame);
  };

  const fail = (error: unknown): void => {
    parts.report(error);
    socket.close(FAILED, 'the sandbox failed');
  };
  const inward = openSlowLine(() => slowMs, guarded(receive, fail));
  socket.on('message', (data, isBinary) => (inward.size() >= WAITING_MAX ? socket.terminate() : inward.put(frameOf(data, isBinary))));
  // A frame over the limit, a broken one, a socket reset: `close` follows each.
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    inward.close();
    outward.close();
    lobby.leave(page);
    if (connected === undefined) return;
    sockets.remove(connected.device, held);
    const { line } = connected;
    connected = undefined;
    guarded(line.close, parts.report)(undefined);
  });
};

const sendTo =
  (socket: WebSocket, unreadBytesMax: number) =>
  (frame: NetworkFrame | 'end'): void => {
    if (frame === 'end') return socket.close(1000);
    socket.send(JSON.stringify(frame));
    if (socket.bufferedAmount > unreadBytesMax) socket.terminate();
  };

const dismiss = (page: DeviceSink, why: NetworkFrame): void => {
  page.send(why);
  page.end();
};

/** A fault of ours ends this socket, not the process with everyone else's. */
const guarded =
  <T>(act: (thing: T) => void, fail: (error: unknown) => void) =>
  (thing: T): void => {
    try {
      act(thing);
    } catch (error) {
      fail(error);
    }
  };

const receiveInLobby = (lobby: Lobby, page: LobbyPage, frame: PageFrame): void => {
  if (frame.t === 'register') lobby.enter(page, frame.registration);
  else if (frame.t === 'named') lobby.rename(page, frame.name);
  else if (frame.t === 'refresh') lobby.refresh(page);
  else if (frame.t === 'pairByCode') lobby.pairByCode(page, frame);
  else if (frame.t === 'passkeyAnswer') lobby.answerPasskey(page, frame.credential);
  else if (frame.t === 'ping') page.send({ t: 'pong', n: frame.n });
};

const frameOf = (data: Buffer | ArrayBuffer | Buffer[], isBinary: boolean): PageFrame | Malformed => (isBinary ? { t: 'malformed', why: 'frames are text' } : parseFrame(textOf(data)));

const textOf = (data: Buffer | ArrayBuffer | Buffer[]): string => (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString('utf8');
