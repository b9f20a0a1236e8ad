import { createHash, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** `spki` is what Chromium's list of pinned keys wants: base64 of the SHA-256 of the public key. */
export interface Certificate {
  key: string;
  certificate: string;
  spki: string;
}

const DAY_MS = 86_400_000;
const LIFETIME_DAYS = 3_650;
const RENEW_BEFORE_DAYS = 30;

/** The same certificate at every start of a folder, so that browsers which pinned it find it again. */
export const openCertificate = async (dataDir: string | undefined): Promise<Certificate> => {
  if (dataDir === undefined) return makeCertificate();
  const file = join(dataDir, 'certificate.pem');
  const kept = await readKept(file);
  if (kept !== undefined) return kept;
  const made = await makeCertificate();
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  // Key and certificate in one file, put in place whole: half of a pair would be no pair.
  await writeFile(`${file}.new`, `${made.key.trim()}\n${made.certificate.trim()}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return made;
};

const readKept = async (file: string): Promise<Certificate | undefined> => {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  const at = text.indexOf('-----BEGIN CERTIFICATE-----');
  if (at === -1) return undefined;
  const certificate = text.slice(at);
  const left = Date.parse(new X509Certificate(certificate).validTo) - Date.now();
  return left < RENEW_BEFORE_DAYS * DAY_MS ? undefined : { key: text.slice(0, at), certificate, spki: spkiOf(certificate) };
};

/** Dated by the machine's clock, whatever the sandbox's own says: browsers judge it by theirs. */
const makeCertificate = async (): Promise<Certificate> => {
  const now = Date.now();
  const made = await generate([{ name: 'commonName', value: 'Waxos sandbox' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + LIFETIME_DAYS * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'web.whatsapp.com' },
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { key: made.private, certificate: made.cert, spki: spkiOf(made.cert) };
};

const spkiOf = (certificate: string): string =>
  createHash('sha256').update(new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' })).digest('base64');
