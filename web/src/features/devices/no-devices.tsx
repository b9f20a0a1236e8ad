import type { DeviceKind } from '@waxos/contract/devices';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';

interface NoDevicesProps {
  sandboxOpen: boolean;
  add: (kind: DeviceKind) => void;
}

/** Where there is a sandbox, it is what one begins with: it costs no number. */
export function NoDevices({ sandboxOpen, add }: NoDevicesProps) {
  const { t } = useI18n();
  const { may } = useWorkspace();
  if (!may('devices.manage')) return <EmptyState title={t('devices.empty')} hint={t('devices.emptyReader')} />;
  return (
    <EmptyState title={t('devices.empty')} hint={t(sandboxOpen ? 'devices.emptySandboxHint' : 'devices.emptyHint')}>
      {sandboxOpen && (
        <Button look="primary" onClick={() => add('sandbox')}>
          {t('devices.addSandbox')}
        </Button>
      )}
      <Button look={sandboxOpen ? 'secondary' : 'primary'} onClick={() => add('whatsapp')}>
        {t('devices.addWhatsapp')}
      </Button>
    </EmptyState>
  );
}
