import type { Locale } from '@waxos/contract/fields';
import type { Catalogue, MessageArguments, MessageKey } from './catalogue.ts';
import { formatMessage } from './message.ts';

export interface Translator {
  locale: Locale;
  direction: 'ltr' | 'rtl';
  t: <Key extends MessageKey>(key: Key, ...values: MessageArguments<Key>) => string;
  number: (value: number) => string;
  date: (value: string | Date) => string;
  dateTime: (value: string | Date) => string;
}

/** Codes, phone numbers and dates share one set of digits in every language. */
const formatLocale = (locale: Locale): string => (locale === 'ar' ? 'ar-u-nu-latn' : locale);

export const directionOf = (locale: Locale): 'ltr' | 'rtl' => (locale === 'ar' ? 'rtl' : 'ltr');

export function createTranslator(locale: Locale, catalogue: Catalogue): Translator {
  const tag = formatLocale(locale);
  const formats = { plural: new Intl.PluralRules(tag), number: new Intl.NumberFormat(tag) };
  const date = new Intl.DateTimeFormat(tag, { dateStyle: 'medium' });
  const dateTime = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' });
  return {
    locale,
    direction: directionOf(locale),
    t: (key, ...[values]) => formatMessage(catalogue[key], values ?? {}, formats),
    number: (value) => formats.number.format(value),
    date: (value) => date.format(new Date(value)),
    dateTime: (value) => dateTime.format(new Date(value)),
  };
}
