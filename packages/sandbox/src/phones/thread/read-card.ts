export interface CardNumber {
  number: string;
  /** Known to be on WhatsApp by these digits. */
  waid?: string;
}

export interface Card {
  name: string;
  numbers: CardNumber[];
  organisation?: string;
  email?: string;
}

/** The few lines of a vCard that a phone shows. Long lines are folded with a space at the start of the next one. */
export function readCard(vcard: string): Card {
  const card: Card = { name: '', numbers: [] };
  for (const line of vcard.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)) {
    const [, field = '', value = ''] = /^([^:]+):(.*)$/.exec(line) ?? [];
    const [kind = ''] = field.replace(/^item\d+\./i, '').toUpperCase().split(';');
    if (kind === 'FN') card.name = unescape(value);
    if (kind === 'TEL') card.numbers.push(readNumber(field, value));
    if (kind === 'ORG') card.organisation = unescape(value.replace(/;+$/, ''));
    if (kind === 'EMAIL') card.email = unescape(value);
  }
  return card;
}

function readNumber(field: string, value: string): CardNumber {
  const [, waid] = /waid=(\d+)/i.exec(field) ?? [];
  return waid === undefined ? { number: value.trim() } : { number: value.trim(), waid };
}

const unescape = (value: string): string => value.replace(/\\n/gi, '\n').replace(/\\([,;\\])/g, '$1').trim();
const escape = (value: string): string => value.replace(/([\\,;])/g, '\\$1').replace(/\r?\n/g, '\\n');

export function writeCard(name: string, digits: string): string {
  return ['BEGIN:VCARD', 'VERSION:3.0', `N:;${escape(name)};;;`, `FN:${escape(name)}`, `TEL;type=CELL;waid=${digits}:+${digits}`, 'END:VCARD'].join('\n');
}
