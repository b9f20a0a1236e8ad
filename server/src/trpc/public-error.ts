import { AppError } from '@waxos/contract/app-error';
import { errorTable, type ErrorCode, type FieldProblem, type PublicError } from '@waxos/contract/errors';
import { fieldProblems, isFieldProblemKey } from '@waxos/contract/field-problems';
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server';
import { ZodError } from 'zod';

/** tRPC has its own codes; ours decide, and theirs follow from the status. */
const trpcCodes: Record<number, TRPC_ERROR_CODE_KEY> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
};

export const trpcCodeOf = (code: ErrorCode): TRPC_ERROR_CODE_KEY => trpcCodes[errorTable[code].status] ?? 'INTERNAL_SERVER_ERROR';

/** Any error as the outside may see it: a refusal with its reasons, everything else as a bug without details. */
export const toPublicError = (error: unknown, requestId: string): PublicError => {
  if (error instanceof AppError) {
    const fields = Object.entries(error.fields).map(([path, problem]) => fieldProblem(path, problem));
    return { ...row(error.code), requestId, fields, ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }) };
  }
  if (error instanceof ZodError) {
    const fields = error.issues.map((issue) => fieldProblem(issue.path.join('.'), issue.message));
    return { ...row('BAD_INPUT'), requestId, fields };
  }
  return { ...row('BUG'), requestId, fields: [] };
};

const row = (code: ErrorCode): Pick<PublicError, 'code' | 'text' | 'retryable'> => ({
  code,
  text: errorTable[code].publicText,
  retryable: errorTable[code].retryable,
});

/** Schemas speak in keys; a message of zod's own means a shape no page of ours would send. */
const fieldProblem = (path: string, message: string): FieldProblem =>
  isFieldProblemKey(message) ? { path, problem: message, text: fieldProblems[message] } : { path, problem: 'invalid', text: message };
