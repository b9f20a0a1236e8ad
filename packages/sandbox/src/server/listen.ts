import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Certificate } from './certificate.ts';
import type { Answer } from './routes.ts';

interface ListenOptions {
  host: string;
  port: number;
  certificate: Certificate;
  /** Chosen by the Host header: the page's own routes for web.whatsapp.com, ours for everything else. */
  answerPage: Answer;
  answerOurs: Answer;
  /** Whether a page's socket is let in. */
  admit: (cookies: string | undefined) => boolean;
  hold: (socket: WebSocket) => void;
}

const pageHost = 'web.whatsapp.com';
const FRAME_BYTES_MAX = 1_000_000;
/** Longer than whoever asks often lets its connections idle: one must not be closed while a request is on its way. */
const KEEP_ALIVE_MS = 72_000;

export const listen = async (options: ListenOptions): Promise<{ port: number; close: () => Promise<void> }> => {
  const server = createServer({ key: options.certificate.key, cert: options.certificate.certificate }, (request, response) => {
    const host = hostOf(request.headers.host);
    const address = request.url ?? '/';
    const base = `https://${host ?? 'localhost'}`;
    // What brings a body that nobody reads could leave the next request on the connection, perhaps somebody else's, in its middle.
    if (bringsNeedlessBody(request)) response.shouldKeepAlive = false;
    if (host === undefined || !address.startsWith('/') || !URL.canParse(address, base)) return void response.writeHead(400).end();
    void (host === pageHost ? options.answerPage : options.answerOurs)({ request, response, url: new URL(`${base}${address}`) });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: FRAME_BYTES_MAX, perMessageDeflate: false, clientTracking: true });
  server.on('upgrade', (request, socket, head) => {
    const { origin, cookie } = request.headers;
    const refused = request.url?.split('?')[0] !== '/ws/device' || (origin !== undefined && origin !== `https://${pageHost}`) || !options.admit(cookie);
    socket.on('error', () => socket.destroy());
    if (refused) return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, options.hold);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    // A server that listens on a port has an address with one.
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      await closed;
    },
  };
};

const bringsNeedlessBody = ({ method, headers }: IncomingMessage): boolean => (method === 'GET' || method === 'HEAD') && ((headers['content-length'] ?? '0') !== '0' || headers['transfer-encoding'] !== undefined);

/** The name without its port; undefined where the header is missing or no name. */
const hostOf = (header: string | undefined): string | undefined => (header !== undefined && URL.canParse(`https://${header}/`) ? new URL(`https://${header}/`).hostname : undefined);
