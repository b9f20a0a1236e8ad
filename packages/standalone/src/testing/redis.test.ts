import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { noRedis, openTestRedis } from './redis.ts';

test('where the machine has a Redis, tests get one that answers', async ({ skip }) => {
  const redis = await openTestRedis();
  if (redis === undefined) return skip(noRedis);
  const { hostname, port } = new URL(redis.url);
  const socket = connect(Number(port), hostname);
  try {
    socket.write('PING\r\n');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^(\+PONG|-NOAUTH)/);
  } finally {
    socket.destroy();
    await redis.stop();
  }
});
