import { useEffect } from 'react';
import type { Account } from '../../lib/api-types.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { applyTheme } from '../../lib/theme.ts';
import { useToasts } from '../../components/toasts.tsx';

/** Language and theme belong to the account and follow it from browser to browser. */
export function useAccountLook(account: Pick<Account, 'locale' | 'theme'>): void {
  const { speak } = useI18n();
  const { sayFailure } = useToasts();
  useEffect(() => applyTheme(account.theme), [account.theme]);
  useEffect(() => {
    speak(account.locale).catch(sayFailure);
    // Only a change of the account's own language counts: a toast in the new one must not set it again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [account.locale]);
}
