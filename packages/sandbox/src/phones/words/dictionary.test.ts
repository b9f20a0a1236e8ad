import { describe, expect, test } from 'vitest';
import { english } from './english.ts';
import { chooseLanguage, dictionaries, languages } from './languages.ts';
import { parametersOf, type Saying } from './saying.ts';
import { createTranslate } from './translate.ts';
import { formatTag } from './times.ts';

const reference: Readonly<Record<string, Saying>> = english;
const formsOf = (saying: Saying): string[] => (typeof saying === 'string' ? [saying] : Object.values(saying));

describe.each(languages)('%s', (language) => {
  const entries = Object.entries<Saying>(dictionaries[language]);

  test('says nothing with an empty sentence', () => {
    expect(entries.filter(([, saying]) => formsOf(saying).some((form) => form.trim() === ''))).toEqual([]);
  });

  test('takes in every form of a sentence what English takes; only a number may be said in words', () => {
    const taken = (saying: Saying): string => parametersOf(saying).filter((name) => name !== 'count').join();
    const differing = entries.filter(([key, saying]) => formsOf(saying).some((form) => taken(form) !== taken(reference[key] ?? '')) || parametersOf(saying).join() !== parametersOf(reference[key] ?? '').join());
    expect(differing).toEqual([]);
  });

  test('has the plural forms that its whole numbers need', () => {
    const rules = new Intl.PluralRules(formatTag(language));
    const needed = new Set(Array.from({ length: 210 }, (_, count) => rules.select(count)));
    const lacking = entries.filter(([, saying]) => typeof saying !== 'string' && [...needed].some((form) => saying[form] === undefined));
    expect(lacking.map(([key]) => key)).toEqual([]);
  });
});

test.each(languages.filter((language) => language !== 'en'))('%s leaves no English sentence standing', (language) => {
  const standing = Object.entries<Saying>(dictionaries[language]).filter(([key, saying]) => typeof saying === 'string' && saying === reference[key] && saying.replaceAll(/\{\w+\}/g, '').split(/\p{L}+/u).length > 3);
  expect(standing).toEqual([]);
});

test('the first language of the reader that is spoken here is taken, with or without its region', () => {
  expect(chooseLanguage(['de', 'pt-PT', 'en'])).toBe('pt-BR');
  expect(chooseLanguage(['ar-EG'])).toBe('ar');
  expect(chooseLanguage(['de', 'fr'])).toBe('en');
});

test('numbers are written with the same digits in Arabic', () => {
  expect(createTranslate('ar')('chats.unread', { count: 5 })).toBe('5 رسائل غير مقروءة');
});

test('a parameter is put in as it is, whatever it says', () => {
  expect(createTranslate('en')('rail.removeTitle', { name: '{count} $& <b>' })).toBe('Remove {count} $& <b>?');
});
