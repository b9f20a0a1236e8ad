import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { CodeField } from '../../components/code-field.tsx';
import { Form } from '../../components/form.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useApi } from '../../lib/api-provider.tsx';
import { useForm } from '../../lib/forms/use-form.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';

interface CodeFormProps {
  challenge: string;
  entered: () => void;
  startOver: () => void;
}

/** The second step: six digits of the app, or a recovery code. The server takes either in the same place. */
export function CodeForm({ challenge, entered, startOver }: CodeFormProps) {
  const { t } = useI18n();
  const { account } = useApi();
  const [recovering, setRecovering] = useState(false);
  const form = useForm({
    initial: { code: '' },
    schema: async () => (await import('@waxos/contract/accounts')).signInTotpInput,
    toInput: ({ code }) => ({ challenge, code }),
    submit: async (input) => {
      await account.call.auth.signInTotp.mutate(input);
      entered();
    },
  });
  const change = () => {
    form.reset({ code: '' });
    setRecovering(!recovering);
  };
  return (
    <>
      <PageHeader title={t('signIn.codeTitle')} intro={t(recovering ? 'signIn.recoveryIntro' : 'signIn.codeIntro')} />
      <Form form={form} submitLabel={t('signIn.submit')} wide>
        <CodeField
          key={String(recovering)}
          {...form.bind('code')}
          kind={recovering ? 'recovery' : 'digits'}
          label={t(recovering ? 'signIn.recoveryCode' : 'signIn.code')}
          autoFocus
        />
      </Form>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button look="quiet" onClick={change}>
          {t(recovering ? 'signIn.useApp' : 'signIn.useRecovery')}
        </Button>
        <Button look="quiet" onClick={startOver}>
          {t('signIn.startOver')}
        </Button>
      </div>
    </>
  );
}
