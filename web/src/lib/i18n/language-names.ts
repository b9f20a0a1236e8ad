import type { Locale } from '@waxos/contract/fields';

/** Each in its own words, so that somebody lost in a strange language finds the way back. */
const names: Record<Locale, string> = {
  en: 'English',
  'pt-BR': 'Português (Brasil)',
  es: 'Español',
  id: 'Bahasa Indonesia',
  ar: 'العربية',
};

export const isLocale = (text: string): text is Locale => Object.hasOwn(names, text);

/** The contract's list, without loading the contract's schemas for the first screen. */
export const locales: readonly Locale[] = Object.keys(names).filter(isLocale);

export const languageChoices = locales.map((locale) => ({ value: locale, label: names[locale] }));
