import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import type { Duplex } from 'node:stream';

/** The bare socket under a connection. */
export interface Line {
  agent: Agent | SecureAgent;
  /** Ends it at once: a closing handshake with a gateway that has stopped reading would stand for half a minute. */
  cut: () => void;
}

export const openLine = (url: string): Line => {
  const agent = url.startsWith('https:') ? new SecureAgent() : new Agent();
  const sockets = new Set<Duplex>();
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = connect(options, callback);
    if (socket) sockets.add(socket);
    return socket;
  };
  return {
    agent,
    cut: () => {
      for (const socket of sockets) socket.destroy();
      agent.destroy();
    },
  };
};
