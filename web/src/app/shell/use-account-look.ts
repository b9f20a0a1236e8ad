import { useEffect } from 'react';
import type { Account } from '../../lib/api-types.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { applyTheme } from '../../lib/theme.ts';
import { useToasts } from '../../components/toasts.tsx';

/** Language and theme belong to the account and follow it from browser to browser. */
export function useAccountLook(account: Pick<Account, 'locale' | 'theme'>): void {
  const { locale, speak } = useI18n();
  const { sayFailure } = useToasts();
  useEffect(() => applyTheme(account.theme), [account.theme]);
  useEffect(() => {
    if (locale !== account.locale) speak(account.locale).catch(sayFailure);
  }, [account.locale, locale, speak, sayFailure]);
}
