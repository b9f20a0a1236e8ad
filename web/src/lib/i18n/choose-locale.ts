import type { Locale } from '@waxos/contract/fields';
import { locales } from './language-names.ts';

/** The first of the reader's languages that Waxos speaks; a region it does not know falls back to the language. */
export function chooseLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const exact = locales.find((locale) => locale.toLowerCase() === tag.toLowerCase());
    if (exact !== undefined) return exact;
    const language = tag.split('-')[0]?.toLowerCase();
    const near = locales.find((locale) => locale.split('-')[0] === language);
    if (near !== undefined) return near;
  }
  return 'en';
}
