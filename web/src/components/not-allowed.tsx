import { useI18n } from '../lib/i18n/i18n-provider.tsx';
import { EmptyState } from './empty-state.tsx';

/** For whoever follows an old link to what their role no longer shows. */
export function NotAllowed() {
  const { t } = useI18n();
  return <EmptyState heading title={t('states.notAllowed')} hint={t('states.notAllowedHint')} />;
}
