import type { RefusalCode } from '../../wire/frames.ts';

/** The network refused; the library tells such errors by this name. */
export class ServerStatusCodeError extends Error {
  override name = 'ServerStatusCodeError';
  readonly code: RefusalCode;
  readonly status: number;
  constructor(code: RefusalCode, text: string) {
    super(text);
    this.code = code;
    this.status = { bad_request: 400, not_found: 404, not_allowed: 403, conflict: 409, gone: 410, too_many: 429, unreachable: 503 }[code];
  }
}
