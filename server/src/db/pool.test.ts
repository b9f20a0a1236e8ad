import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { openPool } from './pool.ts';

test('a connection brings no setting that PgBouncer would refuse', async () => {
  const startup = Promise.withResolvers<string[]>();
  const server = createServer((socket) => {
    // Length and version come first, four bytes each; then name after value, each ended by a zero.
    socket.once('data', (packet) => {
      startup.resolve(packet.subarray(8).toString().split('\0').filter((_text, index) => index % 2 === 0));
      const refusal = Buffer.from('    SFATAL\0C08P01\0Mnot today\0\0');
      refusal.writeInt32BE(refusal.length);
      socket.end(Buffer.concat([Buffer.from('E'), refusal]));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const pool = openPool({ url: `postgres://waxos_app:x@127.0.0.1:${(server.address() as AddressInfo).port}/waxos`, size: 1, name: 'waxos app' });
  const lease = await pool.lease();
  await expect(lease.sql`select 1`).rejects.toThrow('not today');
  const allowed = ['user', 'database', 'client_encoding', 'application_name', ''];
  expect((await startup.promise).filter((name) => !allowed.includes(name))).toEqual([]);
  expect(await startup.promise).toContain('application_name');
  lease.release();
  await pool.close();
  server.close();
  await once(server, 'close');
});
