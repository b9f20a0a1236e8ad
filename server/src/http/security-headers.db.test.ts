import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let folder: string;
let gateway: TestGateway;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waxos-page-'));
  await mkdir(join(folder, 'web', 'assets'), { recursive: true });
  await writeFile(join(folder, 'web', 'index.html'), '<!doctype html><title>Waxos</title>');
  await writeFile(join(folder, 'web', 'assets', 'main-1234.js'), 'export {};');
  await writeFile(join(folder, 'secret.txt'), 'not for anybody');
  gateway = await openTestGateway({ SERVE_WEB: 'true', WEB_DIR: join(folder, 'web') });
});
afterAll(async () => {
  await gateway.close();
  await rm(folder, { recursive: true });
});

const html = { accept: 'text/html' };
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** fetch would tidy such an address up before it sends it. */
const getRaw = async (path: string): Promise<{ status: number | undefined; body: string; location: string | undefined }> => {
  const { hostname, port } = new URL(gateway.url);
  const arrived = Promise.withResolvers<IncomingMessage>();
  get({ hostname, port, path, headers: html, agent: false }, arrived.resolve).on('error', arrived.reject);
  const response = await arrived.promise;
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, body, location: response.headers.location };
};

test.each(['/', '/sign-in', '/assets/main-1234.js', '/healthz', '/trpc/setup.status', '/trpc/no.such', '/assets/no-such.js'])('%s allows no inline script, nothing from elsewhere, and no frame', async (path) => {
  const { headers } = await fetch(`${gateway.url}${path}`, { headers: html });
  expect(headers.get('content-security-policy')?.split(';').map((part) => part.trim())).toEqual(CSP);
  expect(headers.get('content-security-policy')).not.toMatch(/unsafe|\*/);
  expect(Object.fromEntries(['x-frame-options', 'x-content-type-options', 'referrer-policy', 'cross-origin-opener-policy', 'cross-origin-resource-policy'].map((name) => [name, headers.get(name)]))).toEqual({
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect([headers.get('x-powered-by'), headers.get('server'), headers.get('strict-transport-security')]).toEqual([null, null, null]);
});

test('behind https browsers are told to stay there', async () => {
  const secure = await openTestGateway({ PUBLIC_URL: 'https://inbox.waxos.test' });
  try {
    const { headers } = await fetch(`${secure.url}/healthz`);
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(headers.get('content-security-policy')).toContain('upgrade-insecure-requests');
  } finally {
    await secure.close();
  }
});

test('answers of procedures are kept by nobody, hashed files for ever, the page itself is asked for again', async () => {
  const cacheOf = async (path: string) => (await fetch(`${gateway.url}${path}`, { headers: html })).headers.get('cache-control');
  expect(await cacheOf('/trpc/setup.status')).toBe('no-store');
  expect(await cacheOf('/assets/main-1234.js')).toBe('public, max-age=31536000, immutable');
  expect([await cacheOf('/'), await cacheOf('/members')]).toEqual(['no-cache', 'no-cache']);
});

test.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/assets/../../secret.txt', '/assets/..%5c..%5csecret.txt', '/%00', '/%ff'])('%s gives nothing from outside the folder', async (path) => {
  const { body, location } = await getRaw(path);
  expect(body).not.toContain('not for anybody');
  expect(location).toBeUndefined();
});

test.each(['//evil.example', '//evil.example/%2e%2e', '/\\evil.example', '/assets', '/https://evil.example', '/sign-in?next=https://evil.example'])('%s is no way to be sent elsewhere', async (path) => {
  const { status, location } = await getRaw(path);
  expect(location).toBeUndefined();
  expect(status).not.toBeGreaterThanOrEqual(500);
});
