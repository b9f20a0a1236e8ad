import { expect } from 'vitest';
import type { Answer } from '../call.ts';
import type { TestGateway } from '../test-gateway.ts';
import type { Deed } from './deed.ts';
import type { ProcedureAnswers } from './procedure-answers.ts';
import { hashRows } from './row-hashes.ts';
import type { Stage } from './stage.ts';
import type { WalkedProcedure } from './walked-procedure.ts';

/** One question to one procedure. */
export interface Asking {
  stage: Stage;
  procedure: WalkedProcedure;
  answers: ProcedureAnswers;
}

export const prepare = async ({ stage, procedure, answers }: Asking, owner = stage.people.owner): Promise<Deed> => {
  if (answers.works === undefined) throw new Error(`${procedure.path} has no answer to 'works'`);
  return answers.works(stage, owner);
};

/** Runs calls that must be refused, and demands that every row of every table is as it was. */
export const expectNothingChanged = async (on: TestGateway, calls: () => Promise<void>): Promise<void> => {
  const before = await hashRows(on);
  await calls();
  expect(await hashRows(on), 'rows after refused calls').toEqual(before);
};

/** What a refusal told, apart from which request it was. */
export const toldBy = ({ status, data, error, cookie }: Answer): unknown => ({ status, data, cookie, error: error === undefined ? undefined : { ...error, requestId: '' } });
