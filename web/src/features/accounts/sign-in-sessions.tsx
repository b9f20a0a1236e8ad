import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/section.tsx';
import { useToasts } from '../../components/toasts.tsx';
import { useApi } from '../../lib/api-provider.tsx';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { SessionsTable } from './sign-in-sessions-table.tsx';

export function SignInSessions() {
  const { t } = useI18n();
  const { queryClient, account: api } = useApi();
  const { say } = useToasts();
  const query = useQuery(api.query.account.listSignInSessions.queryOptions());
  const [asking, setAsking] = useState(false);
  const others = query.data?.some((session) => !session.current) ?? false;
  const endOthers = async () => {
    await api.call.account.revokeOtherSignInSessions.mutate();
    await queryClient.invalidateQueries(api.query.account.listSignInSessions.queryFilter());
    say(t('sessions.othersRevoked'));
  };
  return (
    <Section title={t('sessions.title')} aside={others && <Button onClick={() => setAsking(true)}>{t('sessions.revokeOthers')}</Button>}>
      <QueryState query={query}>{(sessions) => <SessionsTable sessions={sessions} />}</QueryState>
      {asking && (
        <ConfirmDialog
          close={() => setAsking(false)}
          title={t('sessions.revokeOthersTitle')}
          text={t('sessions.revokeOthersText')}
          confirmLabel={t('sessions.revokeOthers')}
          confirm={endOthers}
        />
      )}
    </Section>
  );
}
