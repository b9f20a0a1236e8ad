import { QUESTIONS, type AnswerTable } from './procedure-answers.ts';
import { listProcedures, type WalkableRouter, type WalkedProcedure } from './walked-procedure.ts';

/** Every question that no answer is listed for, and every answer that belongs to no procedure or field. */
export const findMissing = (router: WalkableRouter, table: AnswerTable): string[] => {
  const procedures = listProcedures(router);
  const known = new Set(procedures.map(({ path }) => path));
  const strays = Object.keys(table).filter((path) => !known.has(path));
  return [...procedures.flatMap((procedure) => missingOf(procedure, table)), ...strays.map((path) => `${path}: is answered, but there is no such procedure`)];
};

const missingOf = ({ path, fields }: WalkedProcedure, table: AnswerTable): string[] => {
  const answers = table[path] ?? {};
  const unanswered = QUESTIONS.filter((question) => answers[question] === undefined).map((question) => `${path}: ${question}`);
  const { badInput = {} } = answers;
  const fieldPaths = new Set(fields.map((field) => field.path));
  const untried = [...fieldPaths].filter((field) => !Object.hasOwn(badInput, field)).map((field) => `${path}: badInput of ${field}`);
  const strays = Object.keys(badInput).filter((field) => !fieldPaths.has(field)).map((field) => `${path}: badInput of ${field}, which is no field`);
  return [...unanswered, ...untried, ...strays];
};
