import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { keepSetting, readSetting } from '../state/settings.ts';
import { chooseLanguage, directionOf, isLanguage, type Language } from './languages.ts';
import { createTimes, type Times } from './times.ts';
import { createTranslate, type Translate } from './translate.ts';

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
