import { NODE_PROTOCOL, type Hello, type Welcome } from '@waxos/contract/node-link/frames';
import { io, type Socket } from 'socket.io-client';

/** A node that does whatever a test wants, against the contract too. */
export interface RawNode {
  socket: Socket;
  hello: (over?: Partial<Hello>) => Promise<Welcome>;
  /** Why the server ended it, once it has. */
  ended: () => string | undefined;
  close: () => void;
}

export const connectRaw = (url: string, { name, token }: { name: string; token: unknown }, namespace = '/nodes'): RawNode => {
  const socket = io(`${url}${namespace}`, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
  let ended: string | undefined;
  socket.on('disconnect', (why) => (ended = why));
  return {
    socket,
    hello: async (over = {}) => (await socket.timeout(5_000).emitWithAck('hello', { node: name, protocol: NODE_PROTOCOL, instance: name, version: '0.1.0', memoryBudgetBytes: 1, running: [], ...over })) as Welcome,
    ended: () => ended,
    close: () => void socket.disconnect(),
  };
};

/** What a connection that was not let in was told. */
export const refusalOf = async ({ socket }: RawNode): Promise<unknown> => {
  const refused = Promise.withResolvers<unknown>();
  socket.once('connect', () => refused.reject(new Error('it was let in')));
  socket.once('connect_error', (error: Error & { data?: unknown }) => refused.resolve(error.data ?? error.message));
  return refused.promise;
};
