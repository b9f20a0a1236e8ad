import { useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { useApi } from '../../lib/api-provider.tsx';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { ConfirmPassword } from './confirm-password.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

export function RenewCodesDialog({ close }: { close: () => void }) {
  const { t } = useI18n();
  const { queryClient, account: api } = useApi();
  const [codes, setCodes] = useState<readonly string[]>();
  const renew = async (password: string) => setCodes((await api.call.account.renewRecoveryCodes.mutate({ password })).recoveryCodes);
  const finish = () => {
    close();
    void queryClient.invalidateQueries(api.query.account.pathFilter());
  };
  const title = t(codes === undefined ? 'totp.renewTitle' : 'totp.codesTitle');
  return (
    <Dialog close={close} title={title} dismissable={codes === undefined}>
      {codes === undefined ? (
        <>
          <p className="mb-4 text-muted">{t('totp.renewText')}</p>
          <ConfirmPassword submitLabel={t('totp.renewCodes')} confirmed={renew} />
        </>
      ) : (
        <RecoveryCodes codes={codes} done={finish} />
      )}
    </Dialog>
  );
}
