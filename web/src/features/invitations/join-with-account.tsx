import { Link } from '@tanstack/react-router';
import { buttonLook } from '../../components/button-look.ts';
import { Button } from '../../components/button.tsx';
import { useAct } from '../../components/use-act.ts';
import { useApi } from '../../lib/api-provider.tsx';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import type { OfferProps } from './offer.ts';
import { useAccept } from './use-accept.ts';

/** Signed in as whom the invitation is for. */
export function JoinAsYourself({ token, preview }: OfferProps) {
  const { t } = useI18n();
  const { busy, run } = useAct();
  const accept = useAccept(preview.workspaceName);
  return (
    <Button look="primary" busy={busy} onClick={() => run(() => accept({ token }))}>
      {t('invitation.join')}
    </Button>
  );
}

/** The secret of the link waits in this tab; the way back carries none. */
export function SignInToJoin({ preview }: Pick<OfferProps, 'preview'>) {
  const { t } = useI18n();
  return (
    <>
      <p className="mb-4 wrap-anywhere">{t('invitation.signInFirst', { email: preview.email })}</p>
      <Link to="/sign-in" search={{ next: '/invitation' }} className={buttonLook('primary')}>
        {t('invitation.signIn')}
      </Link>
    </>
  );
}

export function SwitchToJoin({ preview, current }: Pick<OfferProps, 'preview'> & { current: string }) {
  const { t } = useI18n();
  const { account } = useApi();
  const { busy, run } = useAct();
  const change = () =>
    run(async () => {
      await account.call.auth.signOut.mutate();
      location.reload();
    });
  return (
    <>
      <p className="mb-4 wrap-anywhere">{t('invitation.otherAccount', { current, email: preview.email })}</p>
      <Button look="primary" busy={busy} onClick={change}>
        {t('invitation.switch', { email: preview.email })}
      </Button>
    </>
  );
}
