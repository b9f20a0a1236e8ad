import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Form } from '../../components/form.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useToasts } from '../../components/toasts.tsx';
import type { Device } from '../../lib/api-types.ts';
import { useForm } from '../../lib/forms/use-form.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';
import { DeviceKindBadge } from './device-kind-badge.tsx';
import { useDevicesChanged } from './use-devices-changed.ts';

export function RemoveDeviceDialog({ device: { id: deviceId, name, kind }, close }: { device: Device; close: () => void }) {
  const { t } = useI18n();
  const { api } = useWorkspace();
  const { say } = useToasts();
  const changed = useDevicesChanged();
  const form = useForm({
    initial: { name: '' },
    schema: async () => (await import('@waxos/contract/devices')).removeDeviceInput,
    toInput: (values) => ({ ...values, deviceId }),
    submit: async (input) => {
      await api.call.devices.remove.mutate(input);
      say(t('devices.removed', { name }));
      close();
      await changed();
    },
  });
  return (
    <Dialog close={close} title={t('devices.removeTitle', { name })}>
      <p className="mb-4 text-muted">
        <DeviceKindBadge kind={kind} /> {t('devices.removeText')}
      </p>
      <Form form={form} submitLabel={t('devices.remove')} submitLook="danger" aside={<Button onClick={close}>{t('controls.cancel')}</Button>}>
        <TextField {...form.bind('name')} label={t('devices.removeName', { name })} autoComplete="off" autoFocus />
      </Form>
    </Dialog>
  );
}
