import { expect, test } from 'vitest';
import { emailSchema, nameSchema, newPasswordSchema, timeZoneSchema, totpCodeSchema } from './fields.ts';

const problemOf = (schema: { safeParse: (input: unknown) => { error?: { issues: { message: string }[] } } }, input: unknown): string | undefined => schema.safeParse(input).error?.issues[0]?.message;

test('an address is trimmed and put in lower case, and one that is none is named so', () => {
  expect(emailSchema.parse('  Ana@Example.COM ')).toBe('ana@example.com');
  for (const wrong of ['', 'ana', 'ana@', '@example.com', 'ana@example.com\nBcc: x@example.com', 'a b@example.com']) expect(problemOf(emailSchema, wrong), wrong).toBe('invalid_email');
  expect(problemOf(emailSchema, undefined)).toBe('required');
  expect(problemOf(emailSchema, `${'a'.repeat(250)}@example.com`)).toBe('too_long');
});

test('a name may be in any script, and holds nothing that would disturb the line it stands in', () => {
  for (const fine of ['Harbour Shop', 'متجر الميناء', '港口商店', 'Café 🙂']) expect(nameSchema.parse(fine)).toBe(fine);
  for (const wrong of ['a\nb', 'a\tb', 'a\u202Eb', 'a\u2066b', 'a\u0000b']) expect(problemOf(nameSchema, wrong)).toBe('invalid');
  expect(problemOf(nameSchema, '   ')).toBe('required');
});

test('the same password typed as composed or decomposed letters is the same password', () => {
  expect(newPasswordSchema.parse('violeta\u0301-harbour')).toBe(newPasswordSchema.parse('violet\u00E1-harbour'));
  expect(problemOf(newPasswordSchema, 'short')).toBe('password_too_short');
});

test('a code may be typed with spaces and dashes, in small letters', () => {
  expect(totpCodeSchema.parse('123 456')).toBe('123456');
  expect(totpCodeSchema.parse('abcde-23456')).toBe('ABCDE23456');
  for (const wrong of ['12345', '1234567', 'abcde']) expect(problemOf(totpCodeSchema, wrong)).toBe('invalid_code');
});

test('a time zone is one that calendars know', () => {
  expect(timeZoneSchema.parse('America/Sao_Paulo')).toBe('America/Sao_Paulo');
  expect(problemOf(timeZoneSchema, 'Mars/Olympus')).toBe('invalid_time_zone');
});
