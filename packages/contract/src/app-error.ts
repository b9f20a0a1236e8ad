import { errorTable, type ErrorCode } from './errors.ts';

interface AppErrorOptions {
  cause?: unknown;
  /** Which field was refused, and the key of `fieldProblems` that says why. */
  fields?: Record<string, string>;
  retryAfterMs?: number;
}

/** A refusal. Edges translate it by the table; the message here is for logs. */
export class AppError extends Error {
  override name = 'AppError';
  readonly code: ErrorCode;
  readonly fields: Readonly<Record<string, string>>;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(errorTable[code].publicText, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.fields = options.fields ?? {};
    this.retryAfterMs = options.retryAfterMs;
  }
}
