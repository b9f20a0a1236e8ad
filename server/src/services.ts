import type { Clock } from '@waxos/process/clock';
import type { Doors } from './db/tenant.ts';
import type { Passwords } from './secrets/passwords.ts';
import type { Limits } from './limits/limits.ts';
import type { Keyring } from './secrets/keyring.ts';

/** What procedures receive; made once, in context.ts. */
export interface Services {
  doors: Doors;
  keyring: Keyring;
  passwords: Passwords;
  clock: Clock;
  limits: Limits;
  signUpOpen: boolean;
  /** Whether a sandbox runs beside this gateway, whose phones members can hold. */
  sandboxOpen: boolean;
  version: string;
}
