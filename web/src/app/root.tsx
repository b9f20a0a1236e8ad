import { Outlet } from '@tanstack/react-router';
import { useI18n } from '../lib/i18n/i18n-provider.tsx';
import { useFocusOnNavigation } from './focus-on-navigation.ts';
import { OfflineLine } from './offline-line.tsx';

/** Every page has one element with the id `content`: the skip link and each navigation lead there. */
export function Root() {
  const { t } = useI18n();
  useFocusOnNavigation();
  return (
    <>
      <a
        href="#content"
        className="fixed start-2 top-2 z-50 flex min-h-11 -translate-y-16 items-center rounded-control bg-accent px-3 text-on-accent focus:translate-y-0"
      >
        {t('shell.skip')}
      </a>
      <OfflineLine />
      <Outlet />
    </>
  );
}
