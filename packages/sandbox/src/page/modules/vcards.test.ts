import { describe, expect, test } from 'vitest';
import { nameOfVcard, parseVcard, writeVcard } from './vcards.ts';
import { createWid } from '../ids/wid.ts';
import { ContactModel } from '../models/contact.ts';

const contact = (fields: Partial<ContactModel>): ContactModel => Object.assign(new ContactModel({ id: createWid('4930123456@c.us') }), fields);

describe('contact cards', () => {
  test('a card carries the name and the number, so that a phone can save it', () => {
    const { vcard, displayName } = writeVcard(contact({ name: 'Kiosk; West' }));
    expect(displayName).toBe('Kiosk; West');
    expect(vcard.split('\n')).toEqual([
      'BEGIN:VCARD',
      'VERSION:3.0',
      String.raw`N:;Kiosk\; West;;;`,
      String.raw`FN:Kiosk\; West`,
      'TEL;type=CELL;type=VOICE;waid=4930123456:+49 301 23456',
      'END:VCARD',
    ]);
  });

  test('what was written is read back', () => {
    const parsed = parseVcard(writeVcard(contact({ pushname: 'Optik, Linden' })).vcard);
    expect(nameOfVcard(parsed)).toBe('Optik, Linden');
    expect(parsed.find(({ name }) => name === 'TEL')?.parameters['waid']).toBe('4930123456');
  });

  test('of somebody known by LID alone the card has no number', () => {
    const stranger = Object.assign(new ContactModel({ id: createWid('204411223344556@lid') }), { pushname: 'Blumen' });
    expect(writeVcard(stranger).vcard).not.toContain('TEL');
  });

  test('folded lines and grouped properties are read, as phones write them', () => {
    const parsed = parseVcard('BEGIN:VCARD\r\nVERSION:3.0\r\nN:Nord;Teeladen;;;\r\nitem1.TEL;waid=49\r\n 30:+49 30\r\nEND:VCARD\r\n');
    expect(parsed.find(({ name }) => name === 'TEL')).toEqual({ name: 'TEL', parameters: { waid: '4930' }, value: '+49 30' });
    expect(nameOfVcard(parsed)).toBe('Teeladen Nord');
  });

  test.each(['', 'hello', 'BEGIN:VCARD', 'BEGIN:VCARD\nno colon\nEND:VCARD'])('%j is no card', (text) => {
    expect(() => parseVcard(text)).toThrow('not a vcard');
  });
});
