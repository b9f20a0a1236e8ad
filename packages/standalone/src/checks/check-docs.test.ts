import { expect, test } from 'vitest';
import { judgeCommands, judgeLinks } from './judge-links.ts';
import { judgeSecrets, judgeTraces } from './judge-traces.ts';

const texts: Record<string, string> = { 'docs/hosting.md': '# Hosting\n\n## Back up & restore\n', 'README.md': '' };
const files = [...Object.keys(texts), 'docs/pictures/inbox.png', 'server/src/main.ts'];
const linesOf = (text: string): (number | undefined)[] => judgeLinks('README.md', text, { files, read: (file) => texts[file] }).map(({ line }) => line);

test('a link to what is there is let through', () => {
  expect(linesOf('[a](docs/hosting.md) [b](docs/) ![c](docs/pictures/inbox.png) [d](https://example.com/x) [e](docs/hosting.md#back-up--restore) [f](./server/src/main.ts "title")')).toEqual([]);
});

test('a link to what is not there is refused, however it is written', () => {
  expect(linesOf('[a](docs/gone.md)\n\n![b](gone.png)\n[c]: gone.md\n<img src="gone.svg">\n[d](docs/hosting.md#gone)')).toEqual([1, 3, 4, 5, 6]);
});

test('what stands in code is no link', () => {
  expect(linesOf('`[a](gone.md)`\n```\n[b](gone.md)\n```\n[c](gone.md)')).toEqual([5]);
});

test('a link is read from the folder of its document', () => {
  const judge = (text: string) => judgeLinks('docs/hosting.md', text, { files, read: () => '' });
  expect(judge('[a](../README.md) [b](pictures/inbox.png) [c](/README.md)')).toEqual([]);
  expect(judge('[a](README.md)')).toHaveLength(1);
});

test('a command that package.json does not have is refused', () => {
  const judge = (text: string) => judgeCommands('README.md', text, new Set(['start', 'check'])).map(({ message }) => message);
  expect(judge('npm start, then npm run check -- lint')).toEqual([]);
  expect(judge('npm run lint or npm test')).toEqual(['says npm run lint, which package.json does not have', 'says npm run test, which package.json does not have']);
});

test('a folder of the machine and a registry are refused', () => {
  const machine = { checkout: '/srv/someone/waxos', home: '/home/someone' };
  const judge = (text: string) => judgeTraces('a.txt', text, machine).map(({ line }) => line);
  expect(judge('see /srv/waxos or /home/someone-else')).toEqual([]);
  expect(judge('x\ncd /srv/someone/waxos/server\n"/home/someone/.npmrc"')).toEqual([2, 3]);
  expect(judge(['"resolved"', '"https://npm.example.com/zod.tgz"'].join(': '))).toEqual([1]);
  expect(judge(['registry', 'https://npm.example.com/\n//npm.example.com/:_authToken', 'x'].join('='))).toEqual([1, 2]);
});

test('keys are refused', () => {
  const judge = (...parts: string[]) => judgeSecrets('a.txt', parts.join('')).length;
  expect(judge('-----BEGIN RSA PRIVATE', ' KEY-----')).toBe(1);
  expect(judge('key = AKIA', 'ABCDEFGHIJKLMNOP')).toBe(1);
  expect(judge('ghp_', 'a'.repeat(36))).toBe(1);
  expect(judge('sk-proj-', 'a'.repeat(40))).toBe(1);
  expect(judge('AIza', 'a'.repeat(35))).toBe(1);
  expect(judge('xoxb-', '1'.repeat(24))).toBe(1);
  expect(judge('a public key: -----BEGIN PUBLIC KEY-----')).toBe(0);
});
