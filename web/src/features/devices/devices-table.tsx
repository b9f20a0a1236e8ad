import { Table } from '../../components/table.tsx';
import type { Device } from '../../lib/api-types.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';
import { DeviceActions } from './device-actions.tsx';
import { DeviceKindBadge } from './device-kind-badge.tsx';

export function DevicesTable({ devices }: { devices: readonly Device[] }) {
  const { t } = useI18n();
  const { may } = useWorkspace();
  const actions = {
    key: 'actions',
    label: t('members.actions'),
    controls: true,
    renderCell: (device: Device) => <DeviceActions device={device} />,
  };
  return (
    <Table
      label={t('devices.title')}
      rows={devices}
      rowKey={(device) => device.id}
      columns={[
        { key: 'name', label: t('devices.name'), heading: true, renderCell: (device) => <NameAndKind device={device} /> },
        { key: 'number', label: t('devices.number'), whole: true, renderCell: (device) => <PhoneNumber device={device} /> },
        { key: 'state', label: t('devices.state'), renderCell: (device) => <DeviceState device={device} /> },
        ...(may('devices.manage') ? [actions] : []),
      ]}
    />
  );
}

function NameAndKind({ device: { name, kind } }: { device: Device }) {
  return (
    <span className="flex min-h-11 flex-wrap content-center items-center gap-x-2 gap-y-1 @2xl:min-h-0">
      <span className="min-w-0 font-strong">
        <bdi>{name}</bdi>
      </span>
      <DeviceKindBadge kind={kind} />
    </span>
  );
}

function PhoneNumber({ device: { phoneNumber } }: { device: Device }) {
  const { t } = useI18n();
  if (phoneNumber === null) return <span className="text-muted">{t('devices.noNumber')}</span>;
  return <bdi dir="ltr">{phoneNumber}</bdi>;
}

/** What it is at, and what comes next. */
function DeviceState({ device: { state, stateReason } }: { device: Device }) {
  const { t } = useI18n();
  return (
    <>
      <span className="block font-strong">{t(`deviceStates.${state}`)}</span>
      <span className="block max-w-md text-13 text-muted">
        {t(`deviceSteps.${state}`)}
        {stateReason !== null && ` ${t(`deviceReasons.${stateReason}`)}`}
      </span>
    </>
  );
}
