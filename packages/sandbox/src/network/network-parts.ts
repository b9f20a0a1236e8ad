import type { Clock } from '@waxos/process/clock';
import type { Pairing } from './core.ts';
import type { Journal } from './ledgers/journal.ts';
import type { Random } from './random.ts';
import type { Room } from './room.ts';

export interface NetworkParts {
  id: string;
  clock: Clock;
  random: Random;
  /** Where the ledger outlives the process; what it holds is folded before anything else. */
  journal?: Journal;
  /** How much it may keep. */
  room?: Room;
  /** Where pages wait that no phone has scanned yet. */
  pairing?: Pairing;
  /** What went wrong where nobody waits for an answer. */
  report?: (error: unknown) => void;
  /** Runs something later; answers how to call it off. */
  after?: (ms: number, run: () => void) => () => void;
}
