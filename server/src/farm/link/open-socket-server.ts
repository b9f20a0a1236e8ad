import type { Server as HttpServer } from 'node:http';
import { FRAME_BYTES_MAX } from '@waxos/contract/node-link/frames';
import { Server } from 'socket.io';

/** Four frames: whatever a node sends at once by its contract stays below, and what is larger ends the connection. */
const MESSAGE_BYTES_MAX = 4 * FRAME_BYTES_MAX;
/** Until a connection has said which namespace it wants. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Socket.IO for nodes: WebSocket only, and none of its own recovery, which skips the token and sends out of order. */
export const openSocketServer = (http: HttpServer): Server => {
  const server = new Server(http, { transports: ['websocket'], maxHttpBufferSize: MESSAGE_BYTES_MAX, connectTimeout: CONNECT_TIMEOUT_MS, serveClient: false });
  // Every connection may ask for the namespace without a name, where there is nothing.
  server.of('/').use((_socket, next) => next(new Error('nothing is here')));
  return server;
};
