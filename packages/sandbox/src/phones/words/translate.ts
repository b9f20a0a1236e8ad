import type { Key, Values } from './dictionary.ts';
import { dictionaries, type Language } from './languages.ts';
import { say } from './saying.ts';
import { formatTag } from './times.ts';

export type Translate = <K extends Key>(key: K, ...values: Values<K>) => string;

export function createTranslate(language: Language): Translate {
  const tag = formatTag(language);
  const formats = { plural: new Intl.PluralRules(tag), number: new Intl.NumberFormat(tag) };
  return (key, ...[values]) => say(dictionaries[language][key], values ?? {}, formats);
}
