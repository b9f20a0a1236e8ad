import { createServer } from 'node:http';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** What a node measures of itself; the same that its heartbeats tell. */
export interface Measured {
  sessions: Record<string, number>;
  memoryBytes: number;
  budgetBytes: number;
  /** Of the profiles in use, on the disk. */
  profileBytes?: number | undefined;
  /** Events that the gateway does not have yet, on the way to it. */
  inFlight: number;
  isConnected: boolean;
}

export interface MetricsServer {
  port: number;
  close: () => Promise<void>;
}

/** Prometheus metrics on loopback, where there is a port for them: the only port that a node ever opens. */
export const serveMetrics = async (port: number, measure: () => Promise<Measured>): Promise<MetricsServer> => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauges = openGauges(registry);
  const answer = async (): Promise<string> => {
    gauges(await measure());
    return registry.metrics();
  };
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end();
    answer().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : 'failed'),
    );
  });
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject).listen(port, '127.0.0.1', listening.resolve);
  await listening.promise;
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const openGauges = (registry: Registry) => {
  const gauge = (name: string, help: string, labelNames: string[] = []) => new Gauge({ name: `waxos_node_${name}`, help, labelNames, registers: [registry] });
  const sessions = gauge('sessions', 'Sessions by state.', ['state']);
  const memory = gauge('memory_bytes', 'Proportional set size of the node and its browsers.');
  const budget = gauge('memory_budget_bytes', 'What they may take together.');
  const profiles = gauge('profile_bytes', 'What the profiles in use take on the disk.');
  const inFlight = gauge('events_in_flight', 'Events sent and not yet acknowledged.');
  const connected = gauge('link_connected', '1 while the gateway has welcomed the node.');
  return (measured: Measured): void => {
    sessions.reset();
    for (const [state, count] of Object.entries(measured.sessions)) sessions.set({ state }, count);
    memory.set(measured.memoryBytes);
    budget.set(measured.budgetBytes);
    profiles.set(measured.profileBytes ?? 0);
    inFlight.set(measured.inFlight);
    connected.set(measured.isConnected ? 1 : 0);
  };
};
