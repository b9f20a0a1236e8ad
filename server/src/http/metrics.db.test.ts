import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePort } from '../testing/free-port.ts';
import { openTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let gateway: TestGateway;
let metricsUrl: string;

beforeAll(async () => {
  const port = await findFreePort();
  metricsUrl = `http://127.0.0.1:${port}`;
  gateway = await openTestGateway({ METRICS_PORT: String(port) });
});
afterAll(() => gateway.close());

const read = async (url: string): Promise<{ status: number; text: string }> => {
  const response = await fetch(url, { headers: { connection: 'close' } });
  return { status: response.status, text: await response.text() };
};

test('requests are counted by route and status, never by path', async () => {
  await gateway.call.query('setup.status', undefined);
  await gateway.call.query('invitations.preview', { token: 'a-secret-token' });
  const { status, text } = await read(`${metricsUrl}/metrics`);
  expect(status).toBe(200);
  expect(text).toMatch(/waxos_http_request_duration_seconds_count\{method="GET",route="[^"]*\/trpc\/:path",status="200"\} 1/);
  expect(text).toMatch(/status="404"\} 1/);
  expect(text).toContain('process_resident_memory_bytes');
  expect(text).not.toContain('a-secret-token');
});

test('the port of the page shows no metrics, and the port of the metrics nothing else', async () => {
  expect((await read(`${gateway.url}/metrics`)).status).toBe(404);
  for (const path of ['/', '/healthz', '/trpc/setup.status', '/metrics/../']) expect((await read(`${metricsUrl}${path}`)).status, path).toBe(404);
});
