import type { DeviceKind } from '@waxos/contract/devices';
import { FlaskConical } from 'lucide-react';
import { Badge } from '../../components/badge.tsx';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';

/** Stands wherever a device is named: nobody may take a pretend number for a real one, nor the other way round. */
export function DeviceKindBadge({ kind }: { kind: DeviceKind }) {
  const { t } = useI18n();
  if (kind === 'whatsapp') return <Badge>{t('deviceKinds.whatsapp')}</Badge>;
  return (
    <Badge tone="pretend">
      <FlaskConical aria-hidden size={12} className="me-1" />
      {t('deviceKinds.sandbox')}
    </Badge>
  );
}
