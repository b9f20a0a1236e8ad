import { once } from 'node:events';
import { connect } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { openSandbox } from '../context.ts';

test('what stands where the body of a reading request would be is not answered as the next request', async () => {
  const sandbox = await openSandbox({ port: 0, openPhones: true });
  onTestFinished(sandbox.close);
  const socket = connect({ host: '127.0.0.1', port: sandbox.port, ca: sandbox.certificate, servername: 'localhost' });
  let heard = '';
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  await once(socket, 'secureConnect');
  socket.write('GET /phones/api/accounts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nxxxGET /phones/api/accounts HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(socket, 'close');
  expect(heard.match(/HTTP\/1\.1 200/g)).toHaveLength(1);
  expect(heard.toLowerCase()).toContain('connection: close');
});
