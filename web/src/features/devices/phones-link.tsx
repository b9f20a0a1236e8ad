import { ExternalLink } from 'lucide-react';
import { buttonLook } from '../../components/button-look.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';

/** The phones are a page of the sandbox's own, which one wants beside this one. */
export function PhonesLink() {
  const { t } = useI18n();
  const { id } = useWorkspace();
  return (
    <a href={`/sandbox/${id}/`} target="_blank" rel="noopener" className={buttonLook('secondary')}>
      <ExternalLink aria-hidden size={16} className="rtl:-scale-x-100" />
      {t('devices.phones')}
      <span className="sr-only"> ({t('devices.newTab')})</span>
    </a>
  );
}
