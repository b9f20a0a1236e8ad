import { Dialog } from '../../components/dialog.tsx';
import { Form } from '../../components/form.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useToasts } from '../../components/toasts.tsx';
import type { Device } from '../../lib/api-types.ts';
import { useForm } from '../../lib/forms/use-form.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';
import { useDevicesChanged } from './use-devices-changed.ts';

export function RenameDeviceDialog({ device: { id: deviceId, name }, close }: { device: Device; close: () => void }) {
  const { t } = useI18n();
  const { api } = useWorkspace();
  const { say } = useToasts();
  const changed = useDevicesChanged();
  const form = useForm({
    initial: { name },
    schema: async () => (await import('@waxos/contract/devices')).renameDeviceInput,
    toInput: (values) => ({ ...values, deviceId }),
    submit: async (input) => {
      await api.call.devices.rename.mutate(input);
      if (input.name !== name) say(t('devices.renamed', { name: input.name }));
      close();
      await changed();
    },
  });
  return (
    <Dialog close={close} title={t('devices.renameTitle', { name })}>
      <Form form={form} submitLabel={t('controls.save')}>
        <TextField {...form.bind('name')} label={t('devices.name')} autoComplete="off" autoFocus onFocus={(event) => event.target.select()} />
      </Form>
    </Dialog>
  );
}
