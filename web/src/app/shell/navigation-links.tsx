import { Link } from '@tanstack/react-router';
import { House, Settings, Smartphone } from 'lucide-react';
import { Tooltip } from '../../components/tooltip.tsx';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspaceIfAny } from '../../lib/workspace-provider.tsx';
import { railItemLook, type RailLook } from './rail-item-look.ts';

export function NavigationLinks({ look }: { look: RailLook }) {
  const { t } = useI18n();
  const workspace = useWorkspaceIfAny();
  if (workspace === undefined) return null;
  const params = { workspaceId: workspace.id };
  const labelLook = look === 'icon' ? 'sr-only' : 'max-w-full truncate';
  return (
    <>
      <Tooltip text={t('shell.home')} off={look !== 'icon'}>
        <Link to="/w/$workspaceId" params={params} activeOptions={{ exact: true }} className={railItemLook(look)}>
          <House aria-hidden size={20} strokeWidth={1.75} className="shrink-0" />
          <span className={labelLook}>{t('shell.home')}</span>
        </Link>
      </Tooltip>
      {workspace.may('devices.read') && (
        <Tooltip text={t('shell.devices')} off={look !== 'icon'}>
          <Link to="/w/$workspaceId/devices" params={params} className={railItemLook(look)}>
            <Smartphone aria-hidden size={20} strokeWidth={1.75} className="shrink-0" />
            <span className={labelLook}>{t('shell.devices')}</span>
          </Link>
        </Tooltip>
      )}
      <Tooltip text={t('shell.settings')} off={look !== 'icon'}>
        <Link to="/w/$workspaceId/settings" params={params} className={railItemLook(look)}>
          <Settings aria-hidden size={20} strokeWidth={1.75} className="shrink-0" />
          <span className={labelLook}>{t('shell.settings')}</span>
        </Link>
      </Tooltip>
    </>
  );
}
