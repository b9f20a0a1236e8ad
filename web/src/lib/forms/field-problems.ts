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

/** The problem of a field itself or of anything inside it, as in a list of choices. */
export function problemAt(problems: ProblemsByPath, name: string): FieldProblemKey | undefined {
  const path = Object.keys(problems).find((candidate) => candidate === name || candidate.startsWith(`${name}.`));
  return path === undefined ? undefined : problems[path];
}

export function withoutProblemAt(problems: ProblemsByPath, name: string): ProblemsByPath {
  return Object.fromEntries(Object.entries(problems).filter(([path]) => path !== name && !path.startsWith(`${name}.`)));
}
