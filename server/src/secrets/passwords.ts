import { hash, parseOptions, verify } from '@node-rs/argon2';
import { AppError } from '@waxos/contract/app-error';
import { isCommonPassword } from './common-passwords.ts';

/** OWASP's parameters for Argon2id (19 MiB, two passes, one lane), written out so that a change here rehashes. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export interface Passwords {
  /** Refuses passwords that are on lists of stolen ones, naming the field. */
  hash: (password: string, field: string) => Promise<string>;
  /** `rehash` is set when the password was right and its hash is of older parameters. */
  check: (password: string, hashed: string | undefined) => Promise<{ right: boolean; rehash: string | undefined }>;
}

export const openPasswords = async (): Promise<Passwords> => {
  // An unknown account is checked against this, so that its answer takes as long as a known one's.
  const nobodys = await hash('a password that nobody has', PARAMETERS);
  return {
    hash: async (password, field) => {
      if (isCommonPassword(password)) throw new AppError('BAD_INPUT', { fields: { [field]: 'password_breached' } });
      return hash(password, PARAMETERS);
    },
    check: async (password, hashed) => {
      const right = await verify(hashed ?? nobodys, password);
      if (!right || hashed === undefined) return { right: false, rehash: undefined };
      return { right: true, rehash: isOutdated(hashed) ? await hash(password, PARAMETERS) : undefined };
    },
  };
};

const isOutdated = (hashed: string): boolean => {
  const used = parseOptions(hashed);
  return used.memoryCost !== PARAMETERS.memoryCost || used.timeCost !== PARAMETERS.timeCost || used.parallelism !== PARAMETERS.parallelism;
};
