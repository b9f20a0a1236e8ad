import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Table } from '../../components/table.tsx';
import { useToasts } from '../../components/toasts.tsx';
import { useAct } from '../../components/use-act.ts';
import { useApi } from '../../lib/api-provider.tsx';
import type { SignInSession } from '../../lib/api-types.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { readBrowser } from './browser-name.ts';

export function SessionsTable({ sessions }: { sessions: readonly SignInSession[] }) {
  const { t, dateTime } = useI18n();
  const nameOf = ({ userAgent }: SignInSession): string => {
    const { browser = t('sessions.unknownBrowser'), system } = readBrowser(userAgent);
    return system === undefined ? browser : t('sessions.browserOn', { browser, system });
  };
  return (
    <Table
      label={t('sessions.title')}
      rows={sessions}
      rowKey={(session) => session.id}
      columns={[
        {
          key: 'browser',
          label: t('sessions.browser'),
          heading: true,
          renderCell: (session) => (
            <span className="flex flex-wrap items-center gap-2">
              {nameOf(session)}
              {session.current && <Badge tone="accent">{t('sessions.current')}</Badge>}
            </span>
          ),
        },
        { key: 'address', label: t('sessions.address'), renderCell: (session) => <bdi>{session.address}</bdi> },
        { key: 'seen', label: t('sessions.lastSeen'), renderCell: (session) => dateTime(session.lastSeenAt) },
        { key: 'created', label: t('sessions.signedIn'), renderCell: (session) => dateTime(session.createdAt) },
        {
          key: 'end',
          label: t('members.actions'),
          controls: true,
          renderCell: (session) => !session.current && <EndSession session={session} name={nameOf(session)} />,
        },
      ]}
    />
  );
}

function EndSession({ session, name }: { session: SignInSession; name: string }) {
  const { t } = useI18n();
  const { queryClient, account: api } = useApi();
  const { say } = useToasts();
  const { busy, run } = useAct();
  const end = () =>
    run(async () => {
      await api.call.account.revokeSignInSession.mutate({ signInSessionId: session.id });
      await queryClient.invalidateQueries(api.query.account.listSignInSessions.queryFilter());
      say(t('sessions.revoked'));
    });
  return (
    <Button busy={busy} aria-label={t('sessions.revokeOn', { browser: name })} onClick={end}>
      {t('sessions.revoke')}
    </Button>
  );
}
