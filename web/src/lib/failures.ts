import { errorTable, type PublicError } from '@waxos/contract/errors';
import { TRPCClientError } from '@trpc/client';
import type { Translator } from './i18n/translator.ts';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isPublicError = (value: unknown): value is PublicError =>
  isRecord(value) && typeof value.code === 'string' && Object.hasOwn(errorTable, value.code) && Array.isArray(value.fields);

/** What the server refused and why; undefined when no answer of ours arrived at all. */
export function readPublicError(error: unknown): PublicError | undefined {
  if (!(error instanceof TRPCClientError)) return undefined;
  // A refusal before any procedure ran, such as one of another site, is the whole body and not tRPC's envelope.
  const body = error.meta?.responseJSON;
  const candidates = [isRecord(error.data) && error.data.waxos, isRecord(body) && body.error];
  return candidates.find(isPublicError);
}

export const isSignedOut = (error: unknown): boolean => readPublicError(error)?.code === 'SIGNED_OUT';

export interface Failure {
  text: string;
  requestId: string | undefined;
}

/** A failure in the reader's language. */
export function describeFailure(error: unknown, { t }: Pick<Translator, 't'>): Failure {
  const refusal = readPublicError(error);
  if (refusal === undefined) {
    const silent = error instanceof TRPCClientError || isMissingModule(error);
    return { text: silent ? t('failures.unreachable') : t('errors.BUG'), requestId: undefined };
  }
  const text = refusal.code === 'TOO_MANY_REQUESTS' ? describeWait(refusal.retryAfterMs, t) : t(`errors.${refusal.code}`);
  // A refusal that somebody can act on needs no id; what broke on our side does.
  const needsId = refusal.code === 'BUG' || refusal.code === 'UNAVAILABLE';
  return { text, requestId: needsId ? refusal.requestId : undefined };
}

/** Each browser words it differently, but all speak of a module that could not be fetched. */
const isMissingModule = (error: unknown): boolean => error instanceof TypeError && /module/i.test(error.message);

function describeWait(retryAfterMs: number | undefined, t: Translator['t']): string {
  if (retryAfterMs === undefined) return t('errors.TOO_MANY_REQUESTS');
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  return seconds < 90 ? t('failures.waitSeconds', { count: seconds }) : t('failures.waitMinutes', { count: Math.ceil(seconds / 60) });
}
