import { arabic } from './arabic.ts';
import type { Dictionary } from './dictionary.ts';
import { english } from './english.ts';
import { indonesian } from './indonesian.ts';
import { portuguese } from './portuguese.ts';
import { spanish } from './spanish.ts';

export type Language = 'en' | 'pt-BR' | 'es' | 'id' | 'ar';

export const dictionaries: Record<Language, Dictionary> = { en: english, 'pt-BR': portuguese, es: spanish, id: indonesian, ar: arabic };

/** Each in its own words, so that somebody lost in a strange language finds the way back. */
export const languageNames: Record<Language, string> = { en: 'English', 'pt-BR': 'Português (Brasil)', es: 'Español', id: 'Bahasa Indonesia', ar: 'العربية' };

export const isLanguage = (text: string): text is Language => Object.hasOwn(dictionaries, text);
export const languages: readonly Language[] = Object.keys(dictionaries).filter(isLanguage);
export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');

/** The first of the reader's languages that is spoken here; a region that is not known falls back to the language. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const exact = languages.find((language) => language.toLowerCase() === tag.toLowerCase());
    const near = exact ?? languages.find((language) => language.split('-')[0] === tag.split('-')[0]?.toLowerCase());
    if (near !== undefined) return near;
  }
  return 'en';
}
