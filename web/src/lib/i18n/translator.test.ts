import { LOCALES } from '@waxos/contract/fields';
import { expect, test } from 'vitest';
import { loadCatalogue } from './load-catalogue.ts';
import { chooseLocale } from './choose-locale.ts';
import { languageChoices } from './language-names.ts';
import { createTranslator } from './translator.ts';

test('parameters are put where the language wants them', async () => {
  const { t } = createTranslator('pt-BR', await loadCatalogue('pt-BR'));
  expect(t('invitation.intro', { inviter: 'A dona', workspace: 'Padaria', role: 'agente' })).toBe('A dona convida você para Padaria como agente.');
});

test('a value that looks like a parameter is not filled in again', async () => {
  const { t } = createTranslator('en', await loadCatalogue('en'));
  expect(t('invitation.title', { workspace: '{role} $& Co' })).toBe('Join {role} $& Co');
});

test('English tells one from many', async () => {
  const { t } = createTranslator('en', await loadCatalogue('en'));
  expect([t('members.count', { count: 1 }), t('members.count', { count: 1204 })]).toEqual(['1 member', '1,204 members']);
});

test('Arabic has its six plural forms, in digits that phone numbers use too', async () => {
  const { t } = createTranslator('ar', await loadCatalogue('ar'));
  expect([0, 1, 2, 3, 11, 100].map((count) => t('members.count', { count }))).toEqual([
    'لا أعضاء',
    'عضو واحد',
    'عضوان',
    '3 أعضاء',
    '11 عضوًا',
    '100 عضو',
  ]);
});

test.each([
  [['pt-PT', 'en'], 'pt-BR'],
  [['es-MX'], 'es'],
  [['ar-EG', 'en'], 'ar'],
  [['fr', 'id-ID'], 'id'],
  [['fr', 'de'], 'en'],
  [[], 'en'],
] as const)('a reader who asks for %j is answered in %s', (wanted, locale) => {
  expect(chooseLocale(wanted)).toBe(locale);
});

test('every language of the contract can be chosen', () => {
  expect(languageChoices.map((choice) => choice.value)).toEqual([...LOCALES]);
});
