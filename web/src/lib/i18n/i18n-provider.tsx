import type { Locale } from '@waxos/contract/fields';
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { keepSetting, readSetting } from '../stored-setting.ts';
import type { Catalogue } from './catalogue.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { chooseLocale } from './choose-locale.ts';
import { isLocale } from './language-names.ts';
import { createTranslator, directionOf, type Translator } from './translator.ts';

export interface Speech {
  locale: Locale;
  catalogue: Catalogue;
}

interface I18n extends Translator {
  speak: (locale: Locale) => Promise<void>;
}

const I18nContext = createContext<I18n | undefined>(undefined);

/** The language of this browser, before anybody has signed in. */
export async function loadFirstSpeech(): Promise<Speech> {
  const kept = readSetting('locale');
  const locale = kept !== null && isLocale(kept) ? kept : chooseLocale(navigator.languages);
  return { locale, catalogue: await loadCatalogue(locale) };
}

export function I18nProvider({ first, children }: { first: Speech; children: ReactNode }) {
  const [speech, setSpeech] = useState(first);
  const speak = useCallback(async (locale: Locale) => {
    const catalogue = await loadCatalogue(locale);
    keepSetting('locale', locale);
    setSpeech({ locale, catalogue });
  }, []);
  useEffect(() => {
    document.documentElement.lang = speech.locale;
    document.documentElement.dir = directionOf(speech.locale);
  }, [speech.locale]);
  const i18n = useMemo(() => ({ ...createTranslator(speech.locale, speech.catalogue), speak }), [speech, speak]);
  return <I18nContext value={i18n}>{children}</I18nContext>;
}

export function useI18n(): I18n {
  const i18n = use(I18nContext);
  if (i18n === undefined) throw new Error('useI18n was called outside of I18nProvider.');
  return i18n;
}
