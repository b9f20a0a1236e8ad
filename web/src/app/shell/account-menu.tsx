import type { Locale, Theme } from '@waxos/contract/fields';
import { useNavigate } from '@tanstack/react-router';
import { LogOut, ShieldCheck, UserRound } from 'lucide-react';
import { Avatar } from '../../components/avatar.tsx';
import { Menu, MenuChoices, MenuDivider, MenuItem } from '../../components/menu.tsx';
import { useAct } from '../../components/use-act.ts';
import { useAccount, useApi } from '../../lib/api-provider.tsx';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { languageChoices } from '../../lib/i18n/language-names.ts';
import { themes } from '../../lib/theme.ts';
import { railItemLook, type RailLook } from './rail-item-look.ts';

export function AccountMenu({ look }: { look: RailLook }) {
  const { t, locale, direction } = useI18n();
  const account = useAccount();
  const { queryClient, account: api } = useApi();
  const navigate = useNavigate();
  const { run } = useAct();
  const update = (change: { theme: Theme } | { locale: Locale }) =>
    run(async () => {
      queryClient.setQueryData(api.query.account.get.queryKey(), await api.call.account.update.mutate(change));
    });
  const signOut = () =>
    run(async () => {
      await api.call.auth.signOut.mutate();
      // Loaded anew, so that nothing of this person stays in memory.
      location.assign('/sign-in');
    });
  const trigger = (
    <button type="button" aria-label={t('shell.accountOf', { name: account.name })} className={railItemLook(look)}>
      <Avatar id={account.id} name={account.name} size="small" />
      {look === 'wide' && <span className="min-w-0 flex-1 truncate text-start">{account.name}</span>}
      {look === 'bar' && <span className="max-w-full truncate">{t('shell.account')}</span>}
    </button>
  );
  return (
    <Menu trigger={trigger} side={look === 'bar' ? 'top' : direction === 'rtl' ? 'left' : 'right'}>
      <MenuItem icon={UserRound} onSelect={() => void navigate({ to: '/account/profile' })}>
        {t('shell.profile')}
      </MenuItem>
      <MenuItem icon={ShieldCheck} onSelect={() => void navigate({ to: '/account/security' })}>
        {t('shell.security')}
      </MenuItem>
      <MenuDivider />
      <MenuChoices
        label={t('shell.theme')}
        value={account.theme}
        onValue={(theme) => update({ theme })}
        choices={themes.map((theme) => ({ value: theme, label: t(`themes.${theme}`) }))}
      />
      <MenuChoices label={t('shell.language')} value={locale} onValue={(chosen) => update({ locale: chosen })} choices={languageChoices} />
      <MenuDivider />
      <MenuItem icon={LogOut} onSelect={signOut}>
        {t('shell.signOut')}
      </MenuItem>
    </Menu>
  );
}
