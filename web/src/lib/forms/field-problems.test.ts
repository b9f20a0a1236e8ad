import { signUpInput } from '@waxos/contract/accounts';
import { createApiKeyInput } from '@waxos/contract/api-keys';
import { expect, test } from 'vitest';
import { problemAt, problemsOfSchema, problemsOfServer, strayProblem, withoutProblemAt } from './field-problems.ts';

test('each field shows the first thing that is wrong with it', () => {
  const parsed = signUpInput.safeParse({ name: '', email: 'ana', password: 'short', workspaceName: 'x'.repeat(81), locale: 'en' });
  expect(parsed.success ? {} : problemsOfSchema(parsed.error)).toEqual({
    name: 'required',
    email: 'invalid_email',
    password: 'password_too_short',
    workspaceName: 'too_long',
  });
});

test('a problem inside a list is shown at the list', () => {
  const parsed = createApiKeyInput.safeParse({ name: 'x', scopes: ['no.such'], expiresInDays: null });
  const problems = parsed.success ? {} : problemsOfSchema(parsed.error);
  expect(problemAt(problems, 'scopes')).toBe('invalid');
});

test('what the server refuses finds the same fields, and words it does not know become a plain no', () => {
  const refusal = {
    code: 'BAD_INPUT' as const,
    text: '',
    retryable: false,
    requestId: '',
    fields: [
      { path: 'person.password', problem: 'password_breached', text: '' },
      { path: 'person.name', problem: 'from_a_newer_server', text: '' },
    ],
  };
  const problems = problemsOfServer(refusal);
  expect([problemAt(problems, 'person.password'), problemAt(problems, 'person.name')]).toEqual(['password_breached', 'invalid']);
});

test('writing in a field takes away its problem and no other', () => {
  expect(withoutProblemAt({ name: 'required', 'name.first': 'required', names: 'invalid' }, 'name')).toEqual({ names: 'invalid' });
});

test('a problem that no field can show is not lost', () => {
  expect(strayProblem({ email: 'required', token: 'too_long' }, ['email'])).toBe('too_long');
  expect(strayProblem({ '': 'required' }, ['email'])).toBe('required');
  expect(strayProblem({ email: 'required' }, ['email'])).toBeUndefined();
});
