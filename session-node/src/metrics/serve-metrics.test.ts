import { afterEach, expect, test } from 'vitest';
import { serveMetrics, type MetricsServer, type Told } from './serve-metrics.ts';

let server: MetricsServer;
const device = '00000000-0000-4000-8000-000000000001';
let measured: Told = {
  sessions: { ready: 2, qr: 1 },
  memoryBytes: 5,
  budgetBytes: 10,
  cpuShare: 0.5,
  loopDelayMs: 7,
  inFlight: 3,
  isConnected: true,
  waiting: { events: 4, bytes: 400, oldestMs: 9_000 },
  restarts: { page_died: 2 },
  builds: [{ kind: 'sandbox', build: '2.3000.1', standing: 'pinned' }],
  each: [{ device, memoryBytes: 90, profileBytes: 11 }],
};

afterEach(() => server.close());

const read = async (path: string): Promise<{ status: number; text: string }> => {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers: { connection: 'close' } });
  return { status: response.status, text: await response.text() };
};

test('sessions are counted by state, and a state that none is in any more is gone', async () => {
  server = await serveMetrics(0, () => Promise.resolve(measured));
  const { status, text } = await read('/metrics');
  expect(status).toBe(200);
  expect(text).toContain('waxos_node_sessions{state="ready"} 2');
  expect(text).toContain('waxos_node_memory_bytes 5');
  expect(text).toContain('waxos_node_link_connected 1');
  for (const line of ['cpu_share 0.5', 'loop_delay_ms 7', 'events_waiting 4', 'oldest_event_age_ms 9000', 'session_restarts{reason="page_died"} 2']) expect(text).toContain(line);
  expect(text).toContain('waxos_node_builds{kind="sandbox",build="2.3000.1",standing="pinned"} 1');
  expect(text).toContain(`waxos_node_session_memory_bytes{device="${device}"} 90`);
  expect(text).toContain(`waxos_node_session_profile_bytes{device="${device}"} 11`);
  measured = { ...measured, sessions: { ready: 3 } };
  const later = (await read('/metrics')).text;
  expect(later).toContain('waxos_node_sessions{state="ready"} 3');
  expect(later).not.toContain('state="qr"');
});

test('nothing else is told on that port', async () => {
  server = await serveMetrics(0, () => Promise.resolve(measured));
  for (const path of ['/', '/metrics/../', '/screenshot']) expect((await read(path)).status, path).toBe(404);
});
