import { describe, expect, test } from 'vitest';
import { callingCodeOf, countryCodes } from './calling-codes.ts';
import { formatPhone } from './phone-numbers.ts';

describe('phone numbers', () => {
  test.each([
    ['12025550143', '1'],
    ['79161234567', '7'],
    ['4930123456', '49'],
    ['5511987654321', '55'],
    ['6281234567890', '62'],
    ['351912345678', '351'],
    ['971501234567', '971'],
  ])('%s begins with the calling code %s', (number, code) => {
    expect(callingCodeOf(number)).toBe(code);
  });

  test('a number is written with its calling code apart, whatever address it comes in', () => {
    expect(formatPhone('12025550143@s.whatsapp.net')).toBe('+1 (202) 555-0143');
    expect(formatPhone('5511987654321@c.us')).toBe('+55 119 876 54321');
  });

  test('every country stands in the list once', () => {
    expect(new Set(countryCodes).size).toBe(249);
    expect(countryCodes).toHaveLength(249);
  });
});
