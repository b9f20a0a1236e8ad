import { Link, Outlet } from '@tanstack/react-router';
import { SubNavigation, subLinkLook } from '../components/sub-navigation.tsx';
import { useI18n } from '../lib/i18n/i18n-provider.tsx';

export function AccountLayout() {
  const { t } = useI18n();
  return (
    <div className="flex flex-col gap-6 lg:flex-row lg:gap-8">
      <SubNavigation label={t('account.title')}>
        <Link to="/account/profile" className={subLinkLook}>
          {t('shell.profile')}
        </Link>
        <Link to="/account/security" className={subLinkLook}>
          {t('shell.security')}
        </Link>
      </SubNavigation>
      <div className="min-w-0 flex-1">
        <Outlet />
      </div>
    </div>
  );
}
