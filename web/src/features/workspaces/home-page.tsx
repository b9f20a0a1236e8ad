import { Link } from '@tanstack/react-router';
import { ChevronRight, KeyRound, Settings, ShieldCheck, Smartphone, UserPlus, Users, type LucideIcon } from 'lucide-react';
import { PageHeader } from '../../components/page-header.tsx';
import { Section } from '../../components/section.tsx';
import { useAccount } from '../../lib/api-provider.tsx';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';

/** What can be done here today, and nothing that cannot. */
export function HomePage() {
  const { t } = useI18n();
  const { id: workspaceId, name, may } = useWorkspace();
  const { totpEnabled } = useAccount();
  const params = { workspaceId };
  const invites = may('members.invite');
  return (
    <>
      <PageHeader title={name} intro={t('home.calm')} />
      <Section title={t('home.next')}>
        <ul className="max-w-2xl">
          <li>
            <Link to="/w/$workspaceId/settings/members" params={params} className={stepLook}>
              {invites ? (
                <Step icon={UserPlus} title={t('home.invite')} hint={t('home.inviteHint')} />
              ) : (
                <Step icon={Users} title={t('home.members')} hint={t('home.membersHint')} />
              )}
            </Link>
          </li>
          {may('devices.manage') && (
            <li>
              <Link to="/w/$workspaceId/devices" params={params} className={stepLook}>
                <Step icon={Smartphone} title={t('home.devices')} hint={t('home.devicesHint')} />
              </Link>
            </li>
          )}
          {!totpEnabled && (
            <li>
              <Link to="/account/security" className={stepLook}>
                <Step icon={ShieldCheck} title={t('home.security')} hint={t('home.securityHint')} />
              </Link>
            </li>
          )}
          {may('workspace.update') && (
            <li>
              <Link to="/w/$workspaceId/settings/workspace" params={params} className={stepLook}>
                <Step icon={Settings} title={t('home.settings')} hint={t('home.settingsHint')} />
              </Link>
            </li>
          )}
          {may('api_keys.manage') && (
            <li>
              <Link to="/w/$workspaceId/settings/api-keys" params={params} className={stepLook}>
                <Step icon={KeyRound} title={t('home.apiKeys')} hint={t('home.apiKeysHint')} />
              </Link>
            </li>
          )}
        </ul>
      </Section>
    </>
  );
}

const stepLook = 'flex items-center gap-3 border-b border-hairline px-2 py-3 text-text no-underline hover:bg-sunken';

function Step({ icon: Icon, title, hint }: { icon: LucideIcon; title: string; hint: string }) {
  return (
    <>
      <Icon aria-hidden size={20} strokeWidth={1.75} className="shrink-0 text-accent" />
      <span className="min-w-0 flex-1">
        <span className="block font-strong">{title}</span>
        <span className="block text-13 text-muted">{hint}</span>
      </span>
      <ChevronRight aria-hidden size={16} className="shrink-0 text-muted rtl:-scale-x-100" />
    </>
  );
}
