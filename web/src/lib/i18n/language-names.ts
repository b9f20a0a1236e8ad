import { LOCALES, type Locale } from '@waxos/contract/fields';

/** Each in its own words, so that somebody lost in a strange language finds the way back. */
const names: Record<Locale, string> = {
  en: 'English',
  'pt-BR': 'Português (Brasil)',
  es: 'Español',
  id: 'Bahasa Indonesia',
  ar: 'العربية',
};

export const languageChoices = LOCALES.map((locale) => ({ value: locale, label: names[locale] }));
