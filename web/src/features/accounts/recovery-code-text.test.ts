import { totpCodeSchema } from '@waxos/contract/fields';
import { expect, test } from 'vitest';
import { formatRecoveryCode } from './recovery-code-text.ts';

test('a code is shown in two groups that sign in when they are typed as shown', () => {
  expect(formatRecoveryCode('2YNXRX6CZV')).toBe('2YNXR-X6CZV');
  expect(totpCodeSchema.parse(formatRecoveryCode('2YNXRX6CZV'))).toBe('2YNXRX6CZV');
});

test('a code that is grouped already stays as it is', () => {
  expect(formatRecoveryCode('2YNXR-X6CZV')).toBe('2YNXR-X6CZV');
});
