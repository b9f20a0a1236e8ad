import { and, eq, isNull, lt } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import { accounts } from '../../db/schema/accounts.ts';
import { recoveryCodes } from '../../db/schema/recovery-codes.ts';
import type { SystemTx } from '../../db/tenant.ts';
import type { Keyring } from '../../secrets/keyring.ts';

const STEP_S = 30;

/** RFC 6238 as every authenticator app speaks it: SHA-1, six digits, thirty seconds. */
const totpOf = (secret: string, email: string): TOTP =>
  new TOTP({ issuer: 'Waxos', label: email, algorithm: 'SHA1', digits: 6, period: STEP_S, secret: Secret.fromBase32(secret) });

export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

export const totpUri = (secret: string, email: string): string => totpOf(secret, email).toString();

interface CodeCheck {
  accountId: string;
  code: string;
  keyring: Keyring;
}

interface TotpRow {
  email: string;
  totpSecretSealed: string | null;
}

/** A code of the app, one step of clock drift allowed either way; each step works once, and only for the secret that was looked at. */
export const acceptTotpCode = async (tx: SystemTx, row: TotpRow, { accountId, code, keyring }: CodeCheck): Promise<boolean> => {
  if (row.totpSecretSealed === null) return false;
  const secret = keyring.unseal('totp-secret', row.totpSecretSealed, accountId);
  if (secret === undefined) throw new Error(`the TOTP secret of account ${accountId} was sealed with another SECRET_KEY`);
  const timestamp = tx.now.getTime();
  const drift = totpOf(secret, row.email).validate({ token: code, timestamp, window: 1 });
  if (drift === null) return false;
  const step = Math.floor(timestamp / 1000 / STEP_S) + drift;
  const spent = await tx.db
    .update(accounts)
    .set({ totpLastStep: step })
    .where(and(eq(accounts.id, accountId), eq(accounts.totpSecretSealed, row.totpSecretSealed), lt(accounts.totpLastStep, step)))
    .returning({ id: accounts.id });
  return spent.length === 1;
};

/** One of the codes on paper; each works once. */
export const acceptRecoveryCode = async (tx: SystemTx, { accountId, code, keyring }: CodeCheck): Promise<boolean> => {
  const spent = await tx.db
    .update(recoveryCodes)
    .set({ usedAt: tx.now })
    .where(and(eq(recoveryCodes.accountId, accountId), eq(recoveryCodes.codeMac, keyring.mac('recovery-code', `${accountId} ${code}`)), isNull(recoveryCodes.usedAt)))
    .returning({ id: recoveryCodes.id });
  return spent.length === 1;
};
