import { isFieldProblemKey, type FieldProblemKey } from '@waxos/contract/field-problems';
import type { PublicError } from '@waxos/contract/errors';
import type { z } from 'zod';

/** Problems by the dotted path of their field; the first one a field has is the one shown. */
export type ProblemsByPath = Readonly<Record<string, FieldProblemKey>>;

const keyOf = (text: string): FieldProblemKey => (isFieldProblemKey(text) ? text : 'invalid');

function collect(found: Iterable<readonly [path: string, problem: string]>): ProblemsByPath {
  const problems: Record<string, FieldProblemKey> = {};
  for (const [path, problem] of found) problems[path] ??= keyOf(problem);
  return problems;
}

export const problemsOfSchema = (error: z.ZodError): ProblemsByPath =>
  collect(error.issues.map((issue) => [issue.path.join('.'), issue.message] as const));

export const problemsOfServer = (error: PublicError): ProblemsByPath =>
  collect(error.fields.map((field) => [field.path, field.problem] as const));

const isWithin = (path: string, name: string): boolean => path === name || path.startsWith(`${name}.`);

/** The problem of a field itself or of anything inside it, as in a list of choices. */
export const problemAt = (problems: ProblemsByPath, name: string): FieldProblemKey | undefined =>
  Object.entries(problems).find(([path]) => isWithin(path, name))?.[1];

export const withoutProblemAt = (problems: ProblemsByPath, name: string): ProblemsByPath =>
  Object.fromEntries(Object.entries(problems).filter(([path]) => !isWithin(path, name)));

/** A problem that no field of the form can show, such as one of the input as a whole. */
export const strayProblem = (problems: ProblemsByPath, names: readonly string[]): FieldProblemKey | undefined =>
  Object.entries(problems).find(([path]) => !names.some((name) => isWithin(path, name)))?.[1];
