import { useI18n } from '../lib/i18n/i18n-provider.tsx';

/** Appears after 150 ms, so that a quick answer does not flicker. */
export function Skeleton({ lines = 4 }: { lines?: number }) {
  const { t } = useI18n();
  return (
    <div role="status" className="flex animate-delayed flex-col gap-3 py-2">
      <span className="sr-only">{t('controls.loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} aria-hidden className={`h-5 rounded-control bg-sunken ${line % 3 === 2 ? 'w-2/3' : 'w-full'}`} />
      ))}
    </div>
  );
}
