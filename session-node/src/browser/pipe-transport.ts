import type { Readable, Writable } from 'node:stream';
import type { ConnectionTransport } from 'puppeteer-core';

/**
 * Chromium's debugging pipe: messages of JSON, each ended by a zero byte. Chromium ends when the pipe does, so that none
 * outlives its node. Our own, since puppeteer's launcher can give a browser neither a user nor a process group.
 */
export const openPipeTransport = (input: Writable, output: Readable): ConnectionTransport => {
  let parts: Buffer[] = [];
  let closed = false;
  const transport: ConnectionTransport = {
    send: (message) => {
      if (!closed) input.write(`${message}\0`);
    },
    // Puppeteer's, as soon as the browser says that it will close. The pipe stays until the browser is gone: one whose pipe
    // ends while it closes falls over its own feet, one time in a hundred, and is not closed cleanly then.
    close: () => {
      closed = true;
    },
  };
  const take = (chunk: Buffer): void => {
    let start = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      const message = Buffer.concat([...parts, chunk.subarray(start, end)]).toString();
      parts = [];
      start = end + 1;
      // One turn each, as a WebSocket would tell them: what a message resolves goes on before the next is read.
      setImmediate(() => (closed ? undefined : transport.onmessage?.(message)));
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
  };
  const end = (): void => {
    if (closed) return;
    closed = true;
    setImmediate(() => transport.onclose?.());
  };
  output.on('data', take);
  output.on('close', end);
  // A broken pipe is a browser that ended, which 'close' tells.
  output.on('error', end);
  input.on('error', end);
  return transport;
};
