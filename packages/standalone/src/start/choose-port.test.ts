import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { choosePort, urlOf } from './choose-port.ts';

test('a taken port is refused in one sentence that says how to go on', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    await expect(choosePort({ host: '127.0.0.1', port })).rejects.toThrow(`Port ${port} is taken: stop what uses it, or start with PORT=${port + 1} npm start.`);
  } finally {
    server.close();
    await once(server, 'close');
  }
  expect(await choosePort({ host: '127.0.0.1', port })).toBe(port);
});

test('port 0 gives a free one', async () => {
  expect(await choosePort({ host: '127.0.0.1', port: 0 })).toBeGreaterThan(0);
});

test('an address that is not of this machine is refused by name', async () => {
  await expect(choosePort({ host: '192.0.2.1', port: 0 })).rejects.toThrow('HOST 192.0.2.1 is no address of this machine');
});

test('what listens everywhere is reached over the loopback address', () => {
  expect(urlOf({ host: '0.0.0.0', port: 3000 })).toBe('http://127.0.0.1:3000');
  expect(urlOf({ host: '::', port: 3000 })).toBe('http://[::1]:3000');
  expect(urlOf({ host: '::1', port: 3000 })).toBe('http://[::1]:3000');
});
