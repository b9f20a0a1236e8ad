import { useState } from 'react';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Section } from '../../components/section.tsx';
import { useToasts } from '../../components/toasts.tsx';
import { useAccount, useApi } from '../../lib/api-provider.tsx';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { ConfirmPassword } from './confirm-password.tsx';
import { RenewCodesDialog } from './renew-codes-dialog.tsx';
import { TurnOnDialog } from './turn-on-dialog.tsx';

type Open = 'turn-on' | 'turn-off' | 'renew' | undefined;

export function TwoStep() {
  const { t } = useI18n();
  const { totpEnabled, recoveryCodesLeft } = useAccount();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const state = <Badge tone={totpEnabled ? 'ok' : 'neutral'}>{t(totpEnabled ? 'totp.on' : 'totp.off')}</Badge>;
  return (
    <Section title={t('totp.title')} intro={t('totp.intro')} aside={state}>
      {totpEnabled && (
        <p className={recoveryCodesLeft < 3 ? 'mb-3 text-warn' : 'mb-3'}>{t('totp.codesLeft', { count: recoveryCodesLeft })}</p>
      )}
      <div className="flex flex-wrap gap-2">
        {totpEnabled ? (
          <>
            <Button onClick={() => setOpen('renew')}>{t('totp.renewCodes')}</Button>
            <Button look="quiet" onClick={() => setOpen('turn-off')}>
              {t('totp.turnOff')}
            </Button>
          </>
        ) : (
          <Button onClick={() => setOpen('turn-on')}>{t('totp.turnOn')}</Button>
        )}
      </div>
      {open === 'turn-on' && <TurnOnDialog close={close} />}
      {open === 'renew' && <RenewCodesDialog close={close} />}
      {open === 'turn-off' && <TurnOffDialog close={close} />}
    </Section>
  );
}

function TurnOffDialog({ close }: { close: () => void }) {
  const { t } = useI18n();
  const { queryClient, account: api } = useApi();
  const { say } = useToasts();
  const turnOff = async (password: string) => {
    await api.call.account.disableTotp.mutate({ password });
    await queryClient.invalidateQueries(api.query.account.pathFilter());
    say(t('totp.turnedOff'));
    close();
  };
  return (
    <Dialog close={close} title={t('totp.turnOffTitle')}>
      <p className="mb-4 text-muted">{t('totp.turnOffText')}</p>
      <ConfirmPassword submitLabel={t('totp.turnOff')} submitLook="danger" confirmed={turnOff} />
    </Dialog>
  );
}
