import { useNavigate } from '@tanstack/react-router';
import { Building2, ChevronsUpDown, Plus } from 'lucide-react';
import { Avatar } from '../../components/avatar.tsx';
import { Menu, MenuChoices, MenuDivider, MenuItem } from '../../components/menu.tsx';
import { useAccount } from '../../lib/api-provider.tsx';
import { classNames } from '../../lib/class-names.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspaceIfAny } from '../../lib/workspace-provider.tsx';
import { railItemLook, type RailLook } from './rail-item-look.ts';

/** Which workspace this is, and the way to the others. */
export function WorkspaceMenu({ look }: { look: RailLook }) {
  const { t, direction } = useI18n();
  const account = useAccount();
  const workspace = useWorkspaceIfAny();
  const navigate = useNavigate();
  if (workspace === undefined && !account.mayCreateWorkspaces) return null;
  const name = workspace?.name ?? t('shell.workspaces');
  const trigger = (
    <button
      type="button"
      aria-label={workspace === undefined ? name : t('shell.workspace', { name })}
      className={classNames(railItemLook(look), 'text-text')}
    >
      {workspace === undefined ? <Building2 aria-hidden size={20} /> : <Avatar id={workspace.id} name={name} size="small" />}
      {look !== 'icon' && (
        <span dir="auto" className={classNames('min-w-0 max-w-full truncate', look === 'wide' && 'flex-1 text-start')}>
          {name}
        </span>
      )}
      {look === 'wide' && <ChevronsUpDown aria-hidden size={16} className="shrink-0 text-muted" />}
    </button>
  );
  return (
    <Menu trigger={trigger} side={look === 'bar' ? 'top' : direction === 'rtl' ? 'left' : 'right'}>
      {account.workspaces.length > 0 && (
        <MenuChoices
          label={t('shell.workspaces')}
          value={workspace?.id ?? ''}
          onValue={(workspaceId) => void navigate({ to: '/w/$workspaceId', params: { workspaceId } })}
          choices={account.workspaces.map(({ id, name: label }) => ({ value: id, label }))}
        />
      )}
      {account.mayCreateWorkspaces && (
        <>
          {account.workspaces.length > 0 && <MenuDivider />}
          <MenuItem icon={Plus} onSelect={() => void navigate({ to: '/new-workspace' })}>
            {t('shell.newWorkspace')}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
