import { Select } from '../components/select-field.tsx';
import { useToasts } from '../components/toasts.tsx';
import { useI18n } from '../lib/i18n/i18n-provider.tsx';
import { languageChoices } from '../lib/i18n/language-names.ts';

export function LanguageChoice() {
  const { t, locale, speak } = useI18n();
  const { sayFailure } = useToasts();
  return (
    <Select
      aria-label={t('shell.language')}
      value={locale}
      onValue={(chosen) => void speak(chosen).catch(sayFailure)}
      choices={languageChoices}
    />
  );
}
