import { randomInt } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { newId } from '../../db/ids.ts';
import { recoveryCodes } from '../../db/schema/recovery-codes.ts';
import type { SystemTx } from '../../db/tenant.ts';
import type { Keyring } from '../../secrets/keyring.ts';

/** Without letters and digits that are easily taken for one another on paper. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;
const COUNT = 10;

const newCode = (): string => Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');

/** Replaces all codes of an account; the old sheet of paper is worthless from here on. */
export const renewRecoveryCodes = async (tx: SystemTx, accountId: string, keyring: Keyring): Promise<string[]> => {
  const codes = Array.from({ length: COUNT }, newCode);
  await tx.db.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
  await tx.db.insert(recoveryCodes).values(codes.map((code) => ({ id: newId(), accountId, codeMac: keyring.mac('recovery-code', `${accountId} ${code}`) })));
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`);
};
