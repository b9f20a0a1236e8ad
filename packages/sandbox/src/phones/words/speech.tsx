import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { keepSetting, readSetting } from '../state/settings.ts';
import { say, type Key, type Values } from './dictionary.ts';
import { chooseLanguage, dictionaries, directionOf, isLanguage, type Language } from './languages.ts';
import { createTimes, formatTag, type Times } from './times.ts';

export type Translate = <K extends Key>(key: K, ...values: Values<K>) => string;

export interface Speech {
  language: Language;
  t: Translate;
  times: Times;
  speak: (language: Language) => void;
}

const SpeechContext = createContext<Speech | undefined>(undefined);

function firstLanguage(): Language {
  const kept = readSetting('locale');
  return kept !== null && isLanguage(kept) ? kept : chooseLanguage(navigator.languages);
}

export function createTranslate(language: Language): Translate {
  const tag = formatTag(language);
  const formats = { plural: new Intl.PluralRules(tag), number: new Intl.NumberFormat(tag) };
  return (key, ...[values]) => say(dictionaries[language][key], values ?? {}, formats);
}

export function SpeechProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  const speak = useCallback((chosen: Language) => {
    keepSetting('locale', chosen);
    setLanguage(chosen);
  }, []);
  const speech = useMemo<Speech>(() => ({ language, t: createTranslate(language), times: createTimes(language), speak }), [language, speak]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
    document.title = speech.t('page.title');
  }, [language, speech]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

export function useSpeech(): Speech {
  const speech = use(SpeechContext);
  if (speech === undefined) throw new Error('useSpeech was called outside of SpeechProvider.');
  return speech;
}
