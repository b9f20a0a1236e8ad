import type { DeviceKind } from '@waxos/contract/devices';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { NotAllowed } from '../../components/not-allowed.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';
import { AddDeviceDialog } from './add-device-dialog.tsx';
import { DevicesTable } from './devices-table.tsx';
import { NoDevices } from './no-devices.tsx';
import { PhonesLink } from './phones-link.tsx';

export function DevicesPage() {
  const { may } = useWorkspace();
  return may('devices.read') ? <Devices /> : <NotAllowed />;
}

function Devices() {
  const { t } = useI18n();
  const { api, may } = useWorkspace();
  const query = useQuery(api.query.devices.list.queryOptions());
  const [adding, setAdding] = useState<DeviceKind>();
  const { devices = [], sandboxOpen = false } = query.data ?? {};
  return (
    <>
      <PageHeader title={t('devices.title')} intro={t('devices.intro')}>
        {sandboxOpen && <PhonesLink />}
        {may('devices.manage') && devices.length > 0 && (
          <Button look="primary" onClick={() => setAdding('whatsapp')}>
            <Plus aria-hidden size={16} />
            {t('devices.add')}
          </Button>
        )}
      </PageHeader>
      <QueryState query={query}>
        {(list) => (list.devices.length === 0 ? <NoDevices sandboxOpen={list.sandboxOpen} add={setAdding} /> : <DevicesTable devices={list.devices} />)}
      </QueryState>
      {adding !== undefined && <AddDeviceDialog kind={adding} sandboxOpen={sandboxOpen} close={() => setAdding(undefined)} />}
    </>
  );
}
