import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../components/icon-button.tsx';
import { Tooltip } from '../../components/tooltip.tsx';
import { classNames } from '../../lib/class-names.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { keepSetting, readSetting } from '../../lib/stored-setting.ts';
import { AccountMenu, WorkspaceMenu } from './lazy-menus.tsx';
import { NavigationLinks } from './navigation-links.tsx';

/** From 768 px on; below it there is the bottom bar. */
export function Rail() {
  const { t } = useI18n();
  const [pinned, setPinned] = useState(() => readSetting('rail') === 'pinned');
  const pin = () => {
    keepSetting('rail', pinned ? 'free' : 'pinned');
    setPinned(!pinned);
  };
  const label = t(pinned ? 'shell.unpin' : 'shell.pin');
  return (
    <header
      className={classNames(
        'sticky top-0 hidden h-dvh shrink-0 flex-col gap-2 border-e border-hairline bg-surface p-2 md:flex',
        pinned ? 'w-52' : 'w-14',
      )}
    >
      <WorkspaceMenu look={pinned ? 'wide' : 'icon'} />
      <nav aria-label={t('shell.main')} className="flex flex-col gap-1">
        <NavigationLinks look={pinned ? 'wide' : 'icon'} />
      </nav>
      <div className="mt-auto flex flex-col gap-1">
        <Tooltip text={label}>
          <IconButton icon={pinned ? PanelLeftClose : PanelLeftOpen} label={label} onClick={pin} className="md:size-10 rtl:-scale-x-100" />
        </Tooltip>
        <AccountMenu look={pinned ? 'wide' : 'icon'} />
      </div>
    </header>
  );
}
