import { afterEach, expect, test } from 'vitest';
import { serveMetrics, type Measured, type MetricsServer } from './serve-metrics.ts';

let server: MetricsServer;
let measured: Measured = { sessions: { ready: 2, qr: 1 }, memoryBytes: 5, budgetBytes: 10, inFlight: 3, isConnected: true };

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
  measured = { ...measured, sessions: { ready: 3 } };
  const later = (await read('/metrics')).text;
  expect(later).toContain('waxos_node_sessions{state="ready"} 3');
  expect(later).not.toContain('state="qr"');
});

test('nothing else is told on that port', async () => {
  server = await serveMetrics(0, () => Promise.resolve(measured));
  for (const path of ['/', '/metrics/../', '/screenshot']) expect((await read(path)).status, path).toBe(404);
});
