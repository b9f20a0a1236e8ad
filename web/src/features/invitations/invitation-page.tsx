import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { buttonLook } from '../../components/button-look.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useApi } from '../../lib/api-provider.tsx';
import { probing } from '../../lib/api.ts';
import { isSignedOut, readPublicError } from '../../lib/failures.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { takeLinkSecret } from '../../lib/link-secret.ts';
import { JoinAsNew } from './join-as-new.tsx';
import { JoinAsYourself, SignInToJoin, SwitchToJoin } from './join-with-account.tsx';
import type { OfferProps } from './offer.ts';

export function InvitationPage() {
  const { t } = useI18n();
  const [token] = useState(() => takeLinkSecret('invitation'));
  if (token === undefined) return <DeadLink title={t('reset.noLinkTitle')} hint={t('invitation.noLinkHint')} />;
  return <Invitation token={token} />;
}

function Invitation({ token }: { token: string }) {
  const { t } = useI18n();
  const { account } = useApi();
  const preview = useQuery(account.query.invitations.preview.queryOptions({ token }));
  const me = useQuery(account.query.account.get.queryOptions(undefined, { ...probing, retry: false }));
  if (preview.error !== null) {
    const text = t('errors.LINK_EXPIRED');
    const expired = readPublicError(preview.error)?.code === 'LINK_EXPIRED';
    return expired ? <DeadLink title={t('invitation.badTitle')} hint={text} /> : <ErrorState error={preview.error} retry={() => void preview.refetch()} />;
  }
  if (me.error !== null && !isSignedOut(me.error)) return <ErrorState error={me.error} retry={() => void me.refetch()} />;
  if (preview.data === undefined || me.isPending) return <Skeleton />;
  return <Offer token={token} preview={preview.data} current={me.data?.email} />;
}

/** Whoever joined by this link long ago opens it again to come in. */
function DeadLink({ title, hint }: { title: string; hint: string }) {
  const { t } = useI18n();
  return (
    <EmptyState heading title={title} hint={hint}>
      <Link to="/" className={buttonLook('secondary')}>
        {t('states.toStart')}
      </Link>
    </EmptyState>
  );
}

function Offer({ token, preview, current }: OfferProps & { current: string | undefined }) {
  const { t } = useI18n();
  const intro = t('invitation.intro', {
    inviter: preview.invitedByName,
    workspace: preview.workspaceName,
    role: t(`roles.${preview.role}`),
  });
  return (
    <>
      <PageHeader title={t('invitation.title', { workspace: preview.workspaceName })} intro={intro} />
      <p className="mb-4 text-muted wrap-anywhere">{t('invitation.for', { email: preview.email })}</p>
      {current === preview.email ? (
        <JoinAsYourself token={token} preview={preview} />
      ) : current !== undefined ? (
        <SwitchToJoin preview={preview} current={current} />
      ) : preview.accountExists ? (
        <SignInToJoin preview={preview} />
      ) : (
        <JoinAsNew token={token} preview={preview} />
      )}
    </>
  );
}
