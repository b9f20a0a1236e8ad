/** Every refusal the product can give. A code that is missing from the table does not compile. */
const ERROR_CODES = [
  'BAD_INPUT',
  'SIGNED_OUT',
  'WRONG_CREDENTIALS',
  'WRONG_CODE',
  'FORBIDDEN',
  'CROSS_SITE',
  'NOT_FOUND',
  'CONFLICT',
  'LINK_EXPIRED',
  'SIGN_UP_CLOSED',
  'ALREADY_SET_UP',
  'LAST_OWNER',
  'TOO_MANY_DEVICES',
  'TOO_MANY_REQUESTS',
  'UNAVAILABLE',
  'BUG',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

interface ErrorRow {
  status: number;
  retryable: boolean;
  publicText: string;
}

export const errorTable = {
  BAD_INPUT: { status: 400, retryable: false, publicText: 'Some of what was sent is not valid. The fields say why.' },
  SIGNED_OUT: { status: 401, retryable: false, publicText: 'You are signed out. Sign in and try again.' },
  WRONG_CREDENTIALS: { status: 401, retryable: false, publicText: 'That e-mail and password do not match. Check both, or reset the password.' },
  WRONG_CODE: { status: 401, retryable: false, publicText: 'That code is not valid. Wait for the next one, or use a recovery code.' },
  FORBIDDEN: { status: 403, retryable: false, publicText: 'Your role does not allow this. Ask an owner or admin of the workspace.' },
  CROSS_SITE: { status: 403, retryable: false, publicText: 'This request came from another address than Waxos expects, and was refused. Open Waxos at its own address; whoever runs it sets that in PUBLIC_URL.' },
  NOT_FOUND: { status: 404, retryable: false, publicText: 'This does not exist, or is not yours to see.' },
  CONFLICT: { status: 409, retryable: false, publicText: 'This was changed in the meantime, or exists already. Reload and look again.' },
  LINK_EXPIRED: { status: 404, retryable: false, publicText: 'This link was used, revoked or is too old. Ask for a new one.' },
  SIGN_UP_CLOSED: { status: 403, retryable: false, publicText: 'Sign-up is closed here. Ask an owner or admin for an invitation.' },
  ALREADY_SET_UP: { status: 409, retryable: false, publicText: 'This Waxos has its owner already. Sign in instead.' },
  LAST_OWNER: { status: 409, retryable: false, publicText: 'A workspace needs an owner. Make somebody else an owner first.' },
  TOO_MANY_DEVICES: { status: 409, retryable: false, publicText: 'This workspace has as many devices as it may. Remove one that is no longer used.' },
  TOO_MANY_REQUESTS: { status: 429, retryable: true, publicText: 'Too many tries. Wait a moment and try again.' },
  UNAVAILABLE: { status: 503, retryable: true, publicText: 'Waxos cannot reach its database just now. Try again in a moment.' },
  BUG: { status: 500, retryable: false, publicText: 'Something broke on our side. Try again, and report the request id if it goes on.' },
} satisfies Record<ErrorCode, ErrorRow>;

export interface FieldProblem {
  /** Dotted path of the input, empty for the whole. */
  path: string;
  /** Key of `fieldProblems`, which pages translate. */
  problem: string;
  text: string;
}

/** What every edge sends when it refuses: tRPC puts it in `data.waxos`, HTTP sends it as the body. */
export interface PublicError {
  code: ErrorCode;
  text: string;
  retryable: boolean;
  requestId: string;
  fields: FieldProblem[];
  retryAfterMs?: number;
}
