import { DEVICE_KINDS, type DeviceKind } from '@waxos/contract/devices';
import { CheckboxField } from '../../components/checkbox-field.tsx';
import { RadioGroup } from '../../components/choice-group.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Form } from '../../components/form.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useToasts } from '../../components/toasts.tsx';
import { useForm } from '../../lib/forms/use-form.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';
import { useDevicesChanged } from './use-devices-changed.ts';

interface AddDeviceProps {
  /** Chosen to begin with. */
  kind: DeviceKind;
  sandboxOpen: boolean;
  close: () => void;
}

export function AddDeviceDialog({ kind, sandboxOpen, close }: AddDeviceProps) {
  const { t } = useI18n();
  const { api } = useWorkspace();
  const { say } = useToasts();
  const changed = useDevicesChanged();
  const form = useForm({
    initial: { name: '', kind, riskAcknowledged: false },
    schema: async () => (await import('@waxos/contract/devices')).addDeviceInput,
    submit: async (input) => {
      await api.call.devices.add.mutate(input);
      say(t('devices.added', { name: input.name }));
      // The list first: what had the focus may go with the empty list, and the dialog gives it to what is there then.
      await changed();
      close();
    },
  });
  const { value: chosen } = form.bind('kind');
  const { value: accepted, onValue: accept, ...risk } = form.bind('riskAcknowledged');
  return (
    <Dialog close={close} title={t(sandboxOpen ? 'devices.add' : 'devices.addWhatsapp')}>
      <Form form={form} submitLabel={t('devices.add')}>
        <TextField {...form.bind('name')} label={t('devices.name')} hint={t('devices.nameHint')} autoComplete="off" autoFocus />
        {sandboxOpen && (
          <RadioGroup
            {...form.bind('kind')}
            label={t('devices.kind')}
            choices={DEVICE_KINDS.map((value) => ({ value, label: t(`deviceKinds.${value}`), hint: t(`deviceKindHints.${value}`) }))}
          />
        )}
        {chosen === 'whatsapp' && (
          <CheckboxField {...risk} label={t('devices.riskAccept')} hint={t('devices.riskKept')} checked={accepted} onChecked={accept} />
        )}
      </Form>
    </Dialog>
  );
}
