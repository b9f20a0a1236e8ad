import { createServer } from 'node:http';
import type { Heartbeat } from '@waxos/contract/node-link/frames';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** What a node measures of itself: what its heartbeats tell, and how its link stands. */
export type Told = Omit<Heartbeat, 'at' | 'running'> & {
  /** Events that the gateway does not have yet, on the way to it. */
  inFlight: number;
  isConnected: boolean;
};

export interface MetricsServer {
  port: number;
  close: () => Promise<void>;
}

/** Prometheus metrics on loopback, where there is a port for them: the only port that a node ever opens. */
export const serveMetrics = async (port: number, measure: () => Promise<Told>): Promise<MetricsServer> => {
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
  const plain = {
    memory: gauge('memory_bytes', 'Proportional set size of the node and its browsers.'),
    budget: gauge('memory_budget_bytes', 'What they may take together.'),
    profiles: gauge('profile_bytes', 'What the profiles in use take on the disk.'),
    cpu: gauge('machine_cpu_share', 'Of all processors, how much was busy since the last reading.'),
    loop: gauge('event_loop_delay_ms', '99th percentile of the event loop of the node since the last reading.'),
    inFlight: gauge('events_in_flight', 'Events sent and not yet acknowledged.'),
    connected: gauge('link_connected', '1 while the gateway has welcomed the node.'),
    waiting: gauge('events_waiting', 'Events told and not yet acknowledged.'),
    waitingBytes: gauge('events_waiting_bytes', 'What they take on the disk.'),
    oldest: gauge('oldest_event_age_ms', 'How long the oldest of them has waited.'),
  };
  const byLabel = {
    sessions: gauge('sessions', 'Sessions by state.', ['state']),
    restarts: gauge('session_restarts', 'Restarts of sessions since the node began.', ['reason']),
    builds: gauge('builds', "Builds of WhatsApp's page.", ['kind', 'build', 'standing']),
    memory: gauge('session_memory_bytes', 'Proportional set size of a session.', ['device']),
    disk: gauge('session_profile_bytes', 'What the profile of a session takes on the disk.', ['device']),
  };
  return (told: Told): void => {
    for (const one of Object.values(byLabel)) one.reset();
    for (const [state, count] of Object.entries(told.sessions)) byLabel.sessions.set({ state }, count);
    for (const [reason, count] of Object.entries(told.restarts ?? {})) byLabel.restarts.set({ reason }, count);
    for (const build of told.builds ?? []) byLabel.builds.set(build, 1);
    for (const { device, memoryBytes, profileBytes } of told.each ?? []) {
      byLabel.memory.set({ device }, memoryBytes);
      if (profileBytes !== undefined) byLabel.disk.set({ device }, profileBytes);
    }
    plain.memory.set(told.memoryBytes);
    plain.budget.set(told.budgetBytes);
    plain.profiles.set(told.profileBytes ?? 0);
    plain.cpu.set(told.cpuShare);
    plain.loop.set(told.loopDelayMs);
    plain.inFlight.set(told.inFlight);
    plain.connected.set(told.isConnected ? 1 : 0);
    plain.waiting.set(told.waiting?.events ?? 0);
    plain.waitingBytes.set(told.waiting?.bytes ?? 0);
    plain.oldest.set(told.waiting?.oldestMs ?? 0);
  };
};
