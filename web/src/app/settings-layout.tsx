import { Link, Outlet } from '@tanstack/react-router';
import { SubNavigation, subLinkLook } from '../components/sub-navigation.tsx';
import { useI18n } from '../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../lib/workspace-provider.tsx';

export function SettingsLayout() {
  const { t } = useI18n();
  const { id: workspaceId, may } = useWorkspace();
  const params = { workspaceId };
  return (
    <div className="flex flex-col gap-6 lg:flex-row lg:gap-8">
      <SubNavigation label={t('settings.title')}>
        <Link to="/w/$workspaceId/settings/workspace" params={params} className={subLinkLook}>
          {t('settings.workspace')}
        </Link>
        <Link to="/w/$workspaceId/settings/members" params={params} className={subLinkLook}>
          {t('settings.members')}
        </Link>
        {may('api_keys.read') && (
          <Link to="/w/$workspaceId/settings/api-keys" params={params} className={subLinkLook}>
            {t('settings.apiKeys')}
          </Link>
        )}
        {may('audit.read') && (
          <Link to="/w/$workspaceId/settings/audit" params={params} className={subLinkLook}>
            {t('settings.audit')}
          </Link>
        )}
      </SubNavigation>
      <div className="min-w-0 flex-1">
        <Outlet />
      </div>
    </div>
  );
}
