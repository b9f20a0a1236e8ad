import { PERMISSIONS, type Permission } from '@waxos/contract/permissions';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { CheckboxGroup } from '../../components/choice-group.tsx';
import { CopyField } from '../../components/copy-field.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Form } from '../../components/form.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useApi } from '../../lib/api-provider.tsx';
import { useForm } from '../../lib/forms/use-form.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';

const lifetimes = ['30', '90', '365', 'never'] as const;
type Lifetime = (typeof lifetimes)[number];

const initial: { name: string; scopes: readonly Permission[]; expiresInDays: Lifetime } = { name: '', scopes: [], expiresInDays: '90' };

export function CreateKeyDialog({ close }: { close: () => void }) {
  const { t } = useI18n();
  const [key, setKey] = useState<string>();
  // A key that is shown once must not go by a stray click.
  return (
    <Dialog close={close} title={t(key === undefined ? 'apiKeys.create' : 'apiKeys.shownTitle')} dismissable={key === undefined}>
      {key === undefined ? <CreateKeyForm created={setKey} /> : <CreatedKey apiKey={key} close={close} />}
    </Dialog>
  );
}

function CreateKeyForm({ created }: { created: (key: string) => void }) {
  const { t } = useI18n();
  const { queryClient } = useApi();
  const { api, may } = useWorkspace();
  const form = useForm({
    initial,
    schema: async () => (await import('@waxos/contract/api-keys')).createApiKeyInput,
    toInput: ({ expiresInDays, ...rest }) => ({ ...rest, expiresInDays: expiresInDays === 'never' ? null : Number(expiresInDays) }),
    submit: async (input) => {
      const { key } = await api.call.apiKeys.create.mutate(input);
      created(key);
      await queryClient.invalidateQueries(api.query.apiKeys.pathFilter());
    },
  });
  return (
    <Form form={form} submitLabel={t('apiKeys.submit')}>
      <TextField {...form.bind('name')} label={t('apiKeys.name')} hint={t('apiKeys.nameHint')} autoComplete="off" autoFocus />
      <CheckboxGroup
        {...form.bind('scopes')}
        label={t('apiKeys.scopes')}
        choices={PERMISSIONS.filter(may).map((permission) => ({ value: permission, label: t(`permissions.${permission}`) }))}
      />
      <SelectField
        {...form.bind('expiresInDays')}
        label={t('apiKeys.expires')}
        choices={lifetimes.map((value) => ({
          value,
          label: value === 'never' ? t('apiKeys.expiresNever') : t('apiKeys.expiresIn', { count: Number(value) }),
        }))}
      />
    </Form>
  );
}

function CreatedKey({ apiKey, close }: { apiKey: string; close: () => void }) {
  const { t } = useI18n();
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{t('apiKeys.shownText')}</p>
      <CopyField label={t('apiKeys.key')} value={apiKey} />
      <div>
        <Button look="primary" onClick={close}>
          {t('controls.done')}
        </Button>
      </div>
    </div>
  );
}
