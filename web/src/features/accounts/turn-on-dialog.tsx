import { useState } from 'react';
import { CodeField } from '../../components/code-field.tsx';
import { CopyField } from '../../components/copy-field.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Form } from '../../components/form.tsx';
import { useApi } from '../../lib/api-provider.tsx';
import { useForm } from '../../lib/forms/use-form.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { ConfirmPassword } from './confirm-password.tsx';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

type Step = { at: 'password' } | { at: 'scan'; secret: string; uri: string } | { at: 'codes'; codes: readonly string[] };

/** Password, then scan and prove it, then keep the recovery codes. */
export function TurnOnDialog({ close }: { close: () => void }) {
  const { t } = useI18n();
  const { queryClient, account: api } = useApi();
  const [step, setStep] = useState<Step>({ at: 'password' });
  const begin = async (password: string) => setStep({ at: 'scan', ...(await api.call.account.beginTotp.mutate({ password })) });
  const finish = () => {
    close();
    void queryClient.invalidateQueries(api.query.account.pathFilter());
  };
  const titles = { password: t('totp.title'), scan: t('totp.scanTitle'), codes: t('totp.codesTitle') };
  return (
    <Dialog close={close} title={titles[step.at]} dismissable={step.at !== 'codes'}>
      {step.at === 'password' && <ConfirmPassword submitLabel={t('controls.continue')} confirmed={begin} />}
      {step.at === 'scan' && <Scan secret={step.secret} uri={step.uri} proven={(codes) => setStep({ at: 'codes', codes })} />}
      {step.at === 'codes' && <RecoveryCodes codes={step.codes} done={finish} />}
    </Dialog>
  );
}

interface ScanProps {
  secret: string;
  uri: string;
  proven: (codes: readonly string[]) => void;
}

function Scan({ secret, uri, proven }: ScanProps) {
  const { t } = useI18n();
  const { account: api } = useApi();
  const form = useForm({
    initial: { code: '' },
    schema: async () => (await import('@waxos/contract/accounts')).confirmTotpInput,
    submit: async (input) => proven((await api.call.account.confirmTotp.mutate(input)).recoveryCodes),
  });
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{t('totp.scanText')}</p>
      <QrCode text={uri} label={t('totp.qrLabel')} />
      <CopyField label={t('totp.secret')} value={secret} />
      <Form form={form} submitLabel={t('totp.turnOn')}>
        <CodeField {...form.bind('code')} kind="digits" label={t('signIn.code')} autoFocus />
      </Form>
    </div>
  );
}
