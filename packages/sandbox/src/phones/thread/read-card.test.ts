import { expect, test } from 'vitest';
import { readCard, writeCard } from './read-card.ts';

test('a card that is written can be read, whatever stands in its name', () => {
  const name = 'Café; Norte, "Sul" \\ Leste';
  expect(readCard(writeCard(name, '5511987654321'))).toEqual({ name, numbers: [{ number: '+5511987654321', waid: '5511987654321' }] });
});

test('a card of another program is read: groups, folded lines, several numbers', () => {
  const card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Livraria\r\n  Rio\r\nitem1.TEL;waid=5521912345678:+55 21 91234-5678\r\nTEL:0800 123\r\nORG:Rio;Sales;\r\nEMAIL:a@example.com\r\nEND:VCARD';
  expect(readCard(card)).toEqual({ name: 'Livraria Rio', numbers: [{ number: '+55 21 91234-5678', waid: '5521912345678' }, { number: '0800 123' }], organisation: 'Rio;Sales', email: 'a@example.com' });
});

test('what is no card has no name and no number', () => {
  expect(readCard('<script>')).toEqual({ name: '', numbers: [] });
});
