import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { waitFor } from '@waxos/process/poll';
import { openPipeTransport } from './pipe-transport.ts';

const open = () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const heard: string[] = [];
  const transport = openPipeTransport(input, output);
  transport.onmessage = (message) => void heard.push(message);
  transport.onclose = () => void heard.push('closed');
  return { input, output, heard, transport };
};
const until = (heard: readonly string[], length: number): Promise<true> => waitFor(() => heard.length >= length || undefined, { timeoutMs: 1_000, what: 'messages' });

test('messages come whole and in order, however the pipe cuts them', async () => {
  const { output, heard, input, transport } = open();
  for (const piece of ['{"a":1}\0{"b"', ':"', 'ü', '"}', '\0']) output.write(piece);
  await until(heard, 2);
  expect(heard).toEqual(['{"a":1}', '{"b":"ü"}']);
  transport.send('{}');
  expect(String(input.read())).toBe('{}\0');
});

test('a browser that is told to close keeps its pipe until it is gone, and is read from without being heard', async () => {
  const { input, output, heard, transport } = open();
  transport.close();
  transport.send('late');
  output.write('{"last":true}\0');
  expect([input.writableEnded, output.destroyed, input.read()]).toEqual([false, false, null]);
  await waitFor(() => output.readableLength === 0 || undefined, { timeoutMs: 1_000, what: 'it to be read' });
  output.destroy();
  await new Promise((resolve) => output.once('close', resolve));
  expect(heard).toEqual([]);
});

test('a pipe that ends is told once', async () => {
  const { output, heard } = open();
  output.destroy();
  await until(heard, 1);
  expect(heard).toEqual(['closed']);
});
