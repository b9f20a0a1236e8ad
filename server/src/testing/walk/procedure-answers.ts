import type { ErrorCode } from '@waxos/contract/errors';
import type { Permission } from '@waxos/contract/permissions';
import type { Person } from '../people.ts';
import type { Deed } from './deed.ts';
import type { Stage } from './stage.ts';

interface Refused {
  /** What such a caller sends. */
  deed: (stage: Stage) => Promise<Pick<Deed, 'input' | 'client' | 'on'>>;
  code: ErrorCode;
}

/**
 * What one procedure answers to the five questions. A field that is left out is a question without an answer, and
 * the walk fails. `owner` owns the workspace in which the deed is to be done.
 */
export interface ProcedureAnswers {
  works?: (stage: Stage, owner: Person) => Promise<Deed> | Deed;
  /** A bad value for each field of the input, by its dotted path. */
  badInput?: Readonly<Record<string, unknown>>;
  /** 'refused', or for a public procedure: 'works', or what it refuses to whoever has not the secret it asks for. */
  signedOut?: 'refused' | 'works' | Refused;
  /** The permission, and what an API key with it gets; 'not a person' where keys have no business; for a public one its own rule. */
  wrongRole?: { needs: Permission; key: 'works' | ErrorCode } | 'not a person' | 'anybody may' | Refused;
  /** 'not found' for the ids of others; 'nothing learnt' where the answer is merely one's own. */
  otherWorkspace?: 'not found' | 'nothing learnt';
}

export type AnswerTable = Readonly<Record<string, ProcedureAnswers>>;

export const QUESTIONS = ['works', 'badInput', 'signedOut', 'wrongRole', 'otherWorkspace'] as const satisfies (keyof ProcedureAnswers)[];
