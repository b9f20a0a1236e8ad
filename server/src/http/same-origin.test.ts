import { stoppedClock } from '@waxos/process/clock';
import fastify from 'fastify';
import { expect, test } from 'vitest';
import { refuseOtherOrigins } from './same-origin.ts';

test('a refusal is told in the log with the origin that was seen and the PUBLIC_URL that was expected, once a minute', async () => {
  const lines: string[] = [];
  const clock = stoppedClock(new Date('2026-01-05T09:00:00Z'));
  const log = { warn: (line: unknown) => void lines.push(String(line)) };
  const app = fastify();
  app.addHook('onRequest', refuseOtherOrigins({ publicUrl: new URL('http://localhost:3000'), log, clock }));
  app.post('/', async () => 'changed');
  const send = async (origin: string) => (await app.inject({ method: 'POST', url: '/', headers: { origin } })).statusCode;

  expect(await send('http://localhost:3000')).toBe(200);
  expect(lines).toEqual([]);
  for (const origin of ['http://192.168.1.20:3000', 'https://evil.example']) expect(await send(origin)).not.toBe(200);
  expect(lines).toEqual(["refused a change from http://192.168.1.20:3000: PUBLIC_URL is http://localhost:3000, and must be what stands in people's browsers"]);
  clock.advance(60_000);
  await send('\u009b31m');
  expect(lines.at(1)).toMatch(/^refused a change from an origin that is no URL: /);
  expect(lines).toHaveLength(2);
  await app.close();
});
