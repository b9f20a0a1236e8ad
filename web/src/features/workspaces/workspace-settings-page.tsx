import { useQuery } from '@tanstack/react-query';
import { DescriptionList } from '../../components/description-list.tsx';
import { Form } from '../../components/form.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useToasts } from '../../components/toasts.tsx';
import { useApi } from '../../lib/api-provider.tsx';
import type { Workspace } from '../../lib/api-types.ts';
import { useForm } from '../../lib/forms/use-form.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { languageChoices } from '../../lib/i18n/language-names.ts';
import { useWorkspace } from '../../lib/workspace-provider.tsx';
import { LeaveWorkspace } from './leave-workspace.tsx';
import { timeZoneChoices } from './time-zones.ts';

export function WorkspaceSettingsPage() {
  const { t } = useI18n();
  const { api, id, may } = useWorkspace();
  const query = useQuery(api.query.workspaces.get.queryOptions());
  return (
    <>
      <PageHeader title={t('workspaceSettings.title')} intro={may('workspace.update') ? undefined : t('workspaceSettings.readOnly')} />
      <QueryState query={query}>
        {(workspace) => (
          <div className="max-w-md">
            {may('workspace.update') ? <SettingsForm key={id} workspace={workspace} /> : <SettingsList workspace={workspace} />}
          </div>
        )}
      </QueryState>
      <div className="mt-8">
        <LeaveWorkspace />
      </div>
    </>
  );
}

function SettingsForm({ workspace }: { workspace: Workspace }) {
  const { t, locale } = useI18n();
  const { queryClient, account } = useApi();
  const { api } = useWorkspace();
  const { say } = useToasts();
  const { name, timeZone } = workspace;
  const form = useForm({
    initial: { name, locale: workspace.locale, timeZone },
    schema: async () => (await import('@waxos/contract/workspaces')).updateWorkspaceInput,
    submit: async (input) => {
      queryClient.setQueryData(api.query.workspaces.get.queryKey(), await api.call.workspaces.update.mutate(input));
      await queryClient.invalidateQueries(account.query.account.get.queryFilter());
      say(t('controls.saved'));
    },
  });
  return (
    <Form form={form} submitLabel={t('controls.save')}>
      <TextField {...form.bind('name')} label={t('fields.workspaceName')} autoComplete="organization" />
      <SelectField
        {...form.bind('locale')}
        label={t('fields.language')}
        hint={t('workspaceSettings.languageHint')}
        choices={languageChoices}
      />
      <SelectField
        {...form.bind('timeZone')}
        label={t('fields.timeZone')}
        hint={t('workspaceSettings.timeZoneHint')}
        choices={timeZoneChoices(timeZone, locale)}
      />
    </Form>
  );
}

function SettingsList({ workspace }: { workspace: Workspace }) {
  const { t, date } = useI18n();
  const language = languageChoices.find((choice) => choice.value === workspace.locale)?.label ?? workspace.locale;
  return (
    <DescriptionList
      entries={[
        [t('fields.workspaceName'), workspace.name],
        [t('fields.language'), language],
        [t('fields.timeZone'), workspace.timeZone],
        [t('workspaceSettings.created'), date(workspace.createdAt)],
      ]}
    />
  );
}
