import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { newId } from '../db/ids.ts';
import { apiKeyIdOf, writeApiKey } from './api-key-format.ts';
import { openKeyring } from './keyring.ts';
import { openLink, writeLink } from './links.ts';

const keyring = openKeyring(randomBytes(32).toString('base64'));

test('what was sealed opens again for the same purpose and place, and for no other', () => {
  const sealed = keyring.seal('totp-secret', 'a secret', 'account 1');
  expect(keyring.unseal('totp-secret', sealed, 'account 1')).toBe('a secret');
  expect(keyring.unseal('totp-secret', sealed, 'account 2')).toBeUndefined();
  expect(keyring.unseal('totp-challenge', sealed, 'account 1')).toBeUndefined();
  expect(openKeyring(randomBytes(32).toString('base64')).unseal('totp-secret', sealed, 'account 1')).toBeUndefined();
});

test('the same text sealed twice looks different, and does not show through', () => {
  const [one, other] = [keyring.seal('totp-secret', 'JBSWY3DPEHPK3PXP', ''), keyring.seal('totp-secret', 'JBSWY3DPEHPK3PXP', '')];
  expect(one).not.toBe(other);
  expect(Buffer.from(one, 'base64url').toString('latin1')).not.toContain('JBSWY3DPEHPK3PXP');
});

test('any single changed byte, a cut or nothing at all is not ours', () => {
  const bytes = Buffer.from(keyring.seal('totp-secret', 'a secret', ''), 'base64url');
  for (let index = 0; index < bytes.length; index += 1) {
    const changed = Buffer.from(bytes);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(keyring.unseal('totp-secret', changed.toString('base64url'), ''), `byte ${index}`).toBeUndefined();
  }
  for (const cut of ['', 'A', bytes.subarray(0, 28).toString('base64url'), bytes.subarray(0, -1).toString('base64url')]) expect(keyring.unseal('totp-secret', cut, '')).toBeUndefined();
});

test('a MAC is good for its purpose and text only, of whatever length the other is', () => {
  const mac = keyring.mac('api-key', 'text');
  expect(keyring.isMac('api-key', 'text', mac)).toBe(true);
  expect(keyring.isMac('invitation-link', 'text', mac)).toBe(false);
  for (const wrong of ['', mac.slice(1), `${mac}A`, mac.toLowerCase(), 'é'.repeat(mac.length)]) expect(keyring.isMac('api-key', 'text', wrong)).toBe(false);
});

test('a link opens to its id for its own purpose, and to nothing where a letter of it is changed', () => {
  const id = newId();
  const link = writeLink(keyring, 'password-reset-link', id);
  expect(openLink(keyring, 'password-reset-link', link)).toBe(id);
  expect(openLink(keyring, 'invitation-link', link)).toBeUndefined();
  for (const wrong of ['', '.', `.${link}`, `${id}.`, link.replace('.', ''), `${newId()}.${link.split('.')[1] ?? ''}`]) expect(openLink(keyring, 'password-reset-link', wrong), wrong).toBeUndefined();
});

test('an API key names its row, and no two are alike', () => {
  const id = newId();
  const [one, other] = [writeApiKey(id), writeApiKey(id)];
  expect(apiKeyIdOf(one)).toBe(id);
  expect(one).not.toBe(other);
  for (const wrong of ['', 'waxos__', one.slice(1), `${one}A`, one.replace('waxos', 'other'), `waxos_${'*'.repeat(22)}_${'A'.repeat(43)}`]) expect(apiKeyIdOf(wrong), wrong).toBeUndefined();
});
