import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { openCertificate } from './certificate.ts';

test('a folder keeps its certificate, readable by its owner alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-certificate-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const first = await openCertificate(join(folder, 'data'));
  const second = await openCertificate(join(folder, 'data'));
  expect(second.spki).toBe(first.spki);
  expect(second.key.trim()).toBe(first.key.trim());
  expect((await stat(join(folder, 'data', 'certificate.pem'))).mode & 0o777).toBe(0o600);
});

test('without a folder each start has one of its own', async () => {
  const [first, second] = await Promise.all([openCertificate(undefined), openCertificate(undefined)]);
  expect(first.spki).not.toBe(second.spki);
});

test("it is for WhatsApp's name and this machine's, and nothing else", async () => {
  const { certificate } = await openCertificate(undefined);
  expect(new X509Certificate(certificate).subjectAltName).toBe('DNS:web.whatsapp.com, DNS:localhost, IP Address:127.0.0.1');
});
