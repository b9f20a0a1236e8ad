import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** Each purpose has a key of its own, so that what is made for one is worthless for another. */
type Purpose = 'installation' | 'totp-secret' | 'recovery-code' | 'totp-challenge' | 'invitation-link' | 'password-reset-link' | 'api-key';

export interface Keyring {
  /** AES-256-GCM; `context` is bound in, so that a sealed value cannot be moved to another row. */
  seal: (purpose: Purpose, text: string, context: string) => string;
  /** Undefined when it was not sealed here, for this purpose and context. */
  unseal: (purpose: Purpose, sealed: string, context: string) => string | undefined;
  mac: (purpose: Purpose, text: string) => string;
  isMac: (purpose: Purpose, text: string, mac: string) => boolean;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

export const openKeyring = (secretKey: string): Keyring => {
  const keys = new Map<Purpose, Buffer>();
  const keyOf = (purpose: Purpose): Buffer => {
    const known = keys.get(purpose);
    if (known !== undefined) return known;
    const derived = Buffer.from(hkdfSync('sha256', secretKey, 'waxos', purpose, 32));
    keys.set(purpose, derived);
    return derived;
  };

  const mac: Keyring['mac'] = (purpose, text) => createHmac('sha256', keyOf(purpose)).update(text).digest('base64url');

  return {
    seal: (purpose, text, context) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keyOf(purpose), iv).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    unseal: (purpose, sealed, context) => {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length <= IV_BYTES + TAG_BYTES) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', keyOf(purpose), bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
      } catch {
        // GCM says only that something does not fit; whoever asked treats it as 'not ours'.
        return undefined;
      }
    },
    mac,
    isMac: (purpose, text, candidate) => sameText(mac(purpose, text), candidate),
  };
};

/** Compares without telling by its time how much was right. */
const sameText = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};
