import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { AccountMenu, WorkspaceMenu } from './lazy-menus.tsx';
import { NavigationLinks } from './navigation-links.tsx';

/** Below 768 px; gives way to the keyboard while somebody types. */
export function BottomBar() {
  const { t } = useI18n();
  return (
    <nav
      aria-label={t('shell.main')}
      className="bottom-bar fixed inset-x-0 bottom-0 z-30 grid auto-cols-fr grid-flow-col border-t border-hairline bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <WorkspaceMenu look="bar" />
      <NavigationLinks look="bar" />
      <AccountMenu look="bar" />
    </nav>
  );
}
