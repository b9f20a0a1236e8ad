import type { App, ModuleTable } from '../app.ts';
import type { ContactModel } from '../models/contact.ts';
import { formatPhone } from './phone-numbers.ts';

/** Each property of a card, in order: `item1.TEL;type=CELL;waid=…:+…` has the name `TEL`. */
export type ParsedVcard = { name: string; parameters: Record<string, string>; value: string }[];

const escaped = (text: string): string => text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll('\n', String.raw`\n`);
const unescaped = (text: string): string => text.replaceAll(/\\([\\;,n])/gi, (_all, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign));

export const writeVcard = (contact: ContactModel): { displayName: string; vcard: string; isMultiVcard: false } => {
  const number = (contact.phoneNumber ?? contact.id).user;
  const displayName = contact.name ?? contact.pushname ?? formatPhone(number);
  const phone = contact.phoneNumber === undefined && contact.id.isLid() ? [] : [`TEL;type=CELL;type=VOICE;waid=${number}:${formatPhone(number)}`];
  const vcard = ['BEGIN:VCARD', 'VERSION:3.0', `N:;${escaped(displayName)};;;`, `FN:${escaped(displayName)}`, ...phone, 'END:VCARD'].join('\n');
  return { displayName, vcard, isMultiVcard: false };
};

const readParameter = (text: string): [string, string] => {
  const [name = '', value = ''] = text.split('=', 2);
  return [name.toLowerCase(), value];
};

export const parseVcard = (text: string): ParsedVcard => {
  // A line that begins with a space goes on from the one before.
  const lines = text.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/).filter((line) => line !== '');
  if (!/^BEGIN:VCARD$/i.test(lines[0] ?? '') || !/^END:VCARD$/i.test(lines.at(-1) ?? '')) throw new Error('not a vcard');
  return lines.slice(1, -1).map((line) => {
    const colon = line.indexOf(':');
    if (colon === -1) throw new Error('not a vcard: a line without a colon');
    const [name = '', ...parameters] = line.slice(0, colon).split(';');
    return {
      name: name.replace(/^.*\./, '').toUpperCase(),
      parameters: Object.fromEntries(parameters.map((parameter) => readParameter(parameter))),
      value: unescaped(line.slice(colon + 1)),
    };
  });
};

export const nameOfVcard = (card: ParsedVcard): string => {
  const value = (wanted: string): string => card.find(({ name }) => name === wanted)?.value ?? '';
  const [last = '', first = ''] = value('N').split(';');
  return value('FN') || `${first} ${last}`.trim() || value('ORG') || value('TEL');
};

/** Contact cards as text. */
export const vcardModules = (_app: App): ModuleTable => ({
  WAWebFrontendVcardUtils: { vcardFromContactModel: writeVcard },
  WAWebVcardParsingUtils: { parseVcard },
  WAWebVcardGetNameFromParsed: { vcardGetNameFromParsed: nameOfVcard },
});
