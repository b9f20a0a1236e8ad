import { WifiOff } from 'lucide-react';
import { useI18n } from '../lib/i18n/i18n-provider.tsx';
import { useOnline } from '../lib/online.ts';

export function OfflineLine() {
  const { t } = useI18n();
  const online = useOnline();
  return (
    <div role="status">
      {!online && (
        <p className="flex items-center justify-center gap-2 border-b border-hairline bg-note px-4 py-2 text-13">
          <WifiOff aria-hidden size={16} className="shrink-0" />
          {t('states.offline')}
        </p>
      )}
    </div>
  );
}
