import { Refused } from '../api/ask.ts';
import type { Translate } from './translate.ts';

/** A refusal is shown in the sandbox's own sentence; anything else means that it did not answer. */
export function describeFailure(error: unknown, t: Translate): string {
  if (error instanceof Refused || error instanceof UserProblem) return error.message;
  return t('page.unreachable');
}

/** Something on this side, already said in the person's language: a file that cannot be read, no microphone. */
export class UserProblem extends Error {}
