import { TRPCClientError } from '@trpc/client';
import { errorTable, type ErrorCode, type PublicError } from '@waxos/contract/errors';
import { expect, test } from 'vitest';
import { describeFailure, isSignedOut, readPublicError } from './failures.ts';
import { loadCatalogue } from './i18n/load-catalogue.ts';
import { createTranslator } from './i18n/translator.ts';

const english = createTranslator('en', await loadCatalogue('en'));

function refused(refusal: Partial<PublicError> & { code: ErrorCode }): TRPCClientError<never> {
  const waxos: PublicError = { text: 'as the server says it', retryable: false, requestId: 'req-1', fields: [], ...refusal };
  return TRPCClientError.from({ error: { code: -32_000, message: 'refused', data: { waxos } } });
}

test.each(Object.keys(errorTable) as ErrorCode[])('a refusal with %s is said in words that tell what to do', (code) => {
  const { text } = describeFailure(refused({ code }), english);
  expect(text).toBe(errorTable[code].publicText);
});

test('the request id is shown only for what broke on the side of the server', () => {
  const shown = (Object.keys(errorTable) as ErrorCode[]).filter((code) => describeFailure(refused({ code }), english).requestId === 'req-1');
  expect(shown).toEqual(['UNAVAILABLE', 'BUG']);
});

test.each([
  [400, 'Too many tries. Try again in 1 second.'],
  [61_000, 'Too many tries. Try again in 61 seconds.'],
  [600_000, 'Too many tries. Try again in 10 minutes.'],
])('a wait of %d ms is said as a person would', (retryAfterMs, text) => {
  expect(describeFailure(refused({ code: 'TOO_MANY_REQUESTS', retryAfterMs }), english).text).toBe(text);
});

test('silence is not blamed on whoever asked', () => {
  const error = TRPCClientError.from(new TypeError('Failed to fetch'));
  expect(describeFailure(error, english)).toEqual({ text: 'Waxos did not answer. Check the connection and try again.', requestId: undefined });
});

test('a part of the page that could not be loaded is silence too', () => {
  const error = new TypeError('Failed to fetch dynamically imported module: /assets/x.js');
  expect(describeFailure(error, english).text).toBe('Waxos did not answer. Check the connection and try again.');
});

test('what some proxy answers in the name of the server is no refusal of ours', () => {
  const data = { waxos: { code: 'TEAPOT', fields: [] } };
  expect(readPublicError(TRPCClientError.from({ error: { code: -32_000, message: '', data } }))).toBeUndefined();
  expect(readPublicError(new Error('x'))).toBeUndefined();
});

test('a refusal from before any procedure is understood too', () => {
  const refusal: PublicError = { code: 'CROSS_SITE', text: '', retryable: false, requestId: 'req-2', fields: [] };
  const error = TRPCClientError.from(new Error('Unable to transform response from server'), { meta: { responseJSON: { error: refusal } } });
  expect(readPublicError(error)).toEqual(refusal);
});

test('being signed out is told from every other refusal', () => {
  expect([isSignedOut(refused({ code: 'SIGNED_OUT' })), isSignedOut(refused({ code: 'WRONG_CREDENTIALS' })), isSignedOut(new Error('x'))]).toEqual([
    true,
    false,
    false,
  ]);
});
