import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { buttonLook } from '../components/button-look.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorState } from '../components/error-state.tsx';
import { MainUnlessInside } from '../components/main-landmark.tsx';
import { useDocumentTitle } from '../components/page-header.tsx';
import { Skeleton } from '../components/skeleton.tsx';
import { readPublicError } from '../lib/failures.ts';
import { useI18n } from '../lib/i18n/i18n-provider.tsx';

const pageLook = 'mx-auto w-full max-w-2xl p-4 md:p-8';

export function LoadingPage() {
  return (
    <MainUnlessInside className={pageLook}>
      <Skeleton />
    </MainUnlessInside>
  );
}

export function NotFoundPage() {
  const { t } = useI18n();
  useDocumentTitle(t('states.notFound'));
  return (
    <MainUnlessInside className={pageLook}>
      <EmptyState heading title={t('states.notFound')} hint={t('states.notFoundHint')}>
        <Link to="/" className={buttonLook('secondary')}>
          {t('states.toStart')}
        </Link>
      </EmptyState>
    </MainUnlessInside>
  );
}

/** What a route could not load, or a bug of the page itself. */
export function BrokenPage({ error, reset }: ErrorComponentProps) {
  const { t } = useI18n();
  const router = useRouter();
  if (readPublicError(error)?.code === 'NOT_FOUND') return <NotFoundPage />;
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <MainUnlessInside className={pageLook}>
      <h1 className="text-20 font-strong">{t('states.broken')}</h1>
      <p className="mt-1 text-muted">{t('states.brokenHint')}</p>
      <ErrorState error={error} retry={retry} />
    </MainUnlessInside>
  );
}
