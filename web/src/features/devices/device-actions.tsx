import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../components/icon-button.tsx';
import { Menu, MenuItem } from '../../components/menu.tsx';
import type { Device } from '../../lib/api-types.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { RemoveDeviceDialog } from './remove-device-dialog.tsx';
import { RenameDeviceDialog } from './rename-device-dialog.tsx';

export function DeviceActions({ device }: { device: Device }) {
  const { t } = useI18n();
  const [asking, setAsking] = useState<'rename' | 'remove'>();
  const close = () => setAsking(undefined);
  return (
    <>
      <Menu trigger={<IconButton icon={Ellipsis} label={t('controls.actionsFor', { name: device.name })} />}>
        <MenuItem icon={Pencil} onSelect={() => setAsking('rename')}>
          {t('devices.rename')}
        </MenuItem>
        <MenuItem icon={Trash2} danger onSelect={() => setAsking('remove')}>
          {t('devices.remove')}
        </MenuItem>
      </Menu>
      {asking === 'rename' && <RenameDeviceDialog device={device} close={close} />}
      {asking === 'remove' && <RemoveDeviceDialog device={device} close={close} />}
    </>
  );
}
