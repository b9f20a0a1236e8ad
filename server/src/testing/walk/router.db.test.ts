import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { appRouter } from '../../router.ts';
import { answerTable } from '../answers/answer-table.ts';
import { askBadInput } from './ask-bad-input.ts';
import { askOtherWorkspace } from './ask-other-workspace.ts';
import { askSignedOut } from './ask-signed-out.ts';
import { askWorks } from './ask-works.ts';
import { askWrongRole } from './ask-wrong-role.ts';
import type { Asking } from './asking.ts';
import { findMissing } from './find-missing.ts';
import { QUESTIONS } from './procedure-answers.ts';
import { openStage, type Stage } from './stage.ts';
import { listProcedures } from './walked-procedure.ts';
import { publicProcedure, router, tenantProcedure } from '../../trpc/procedures.ts';

const procedures = listProcedures(appRouter);
let stage: Stage;
let answered = 0;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

describe.each(procedures)('$path', (procedure) => {
  const expectAnswer = async (ask: (asking: Asking) => Promise<void>): Promise<void> => {
    await ask({ stage, procedure, answers: answerTable[procedure.path] ?? {} });
    answered += 1;
    expect.hasAssertions();
  };
  test('does what it says and causes the events and jobs it says, no others', () => expectAnswer(askWorks));
  test('refuses bad input by the name of the field and changes nothing', () => expectAnswer(askBadInput));
  test('gives strangers nothing but what is public', () => expectAnswer(askSignedOut));
  test('gives a role or key what it has the right to, and nothing else', () => expectAnswer(askWrongRole));
  test('gives another workspace or account nothing, and does not tell what exists', () => expectAnswer(askOtherWorkspace));
});

describe('the walk', () => {
  test('finds an answer to every question for every procedure and every field', () => {
    const missing = findMissing(appRouter, answerTable);
    process.stdout.write(`${procedures.length} procedures, ${answered} answers to ${QUESTIONS.length} questions, ${stage.callsMade()} calls checked, ${missing.length === 0 ? 'none' : missing.length} missing\n`);
    expect(missing).toEqual([]);
    expect(procedures.length).toBeGreaterThan(30);
  });

  test('complains of a procedure that nobody listed', () => {
    const grown = router({ boats: router({ get: publicProcedure.query(() => 'a boat') }) });
    expect(findMissing(grown, {})).toEqual(QUESTIONS.map((question) => `boats.get: ${question}`));
  });

  test('complains of one missing answer, of an untried field, and of an answer to nothing', () => {
    const input = z.object({ name: z.string(), berth: z.object({ number: z.number() }) });
    const grown = router({ boats: router({ moor: tenantProcedure('workspace.update').input(input).mutation(() => undefined) }) });
    const answers = { works: () => ({ client: {}, shows: () => undefined }), badInput: { name: 7, colour: 'blue' }, signedOut: 'refused', otherWorkspace: 'not found' } as const;
    expect(findMissing(grown, { 'boats.moor': answers, 'boats.sink': answers })).toEqual([
      'boats.moor: wrongRole',
      'boats.moor: badInput of berth.number',
      'boats.moor: badInput of colour, which is no field',
      'boats.sink: is answered, but there is no such procedure',
    ]);
  });
});
