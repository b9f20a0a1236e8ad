import { ROLES, type Role } from '@waxos/contract/permissions';
import { ChevronDown } from 'lucide-react';
import { Menu, MenuChoices } from '../../components/menu.tsx';
import { useToasts } from '../../components/toasts.tsx';
import { useAct } from '../../components/use-act.ts';
import { useApi } from '../../lib/api-provider.tsx';
import type { Member } from '../../lib/api-types.ts';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { useWorkspace } from '../../lib/workspace-provider.tsx';
import { mayGive } from './may-give.ts';

/** One's own role is left to others, so that nobody locks themselves out by a slip. */
export function RoleMenu({ member }: { member: Member }) {
  const { t } = useI18n();
  const me = useWorkspace();
  const changeRole = useChangeRole(member);
  const label = t(`roles.${member.role}`);
  if (!me.may('members.update') || member.id === me.memberId || !mayGive(me, member.role)) return label;
  const trigger = (
    <button
      type="button"
      aria-label={`${label}, ${t('members.roleOf', { name: member.name })}`}
      className="-ms-2 inline-flex min-h-11 items-center gap-1 rounded-control px-2 hover:bg-sunken md:min-h-8"
    >
      {label}
      <ChevronDown aria-hidden size={16} className="text-muted" />
    </button>
  );
  return (
    <Menu trigger={trigger}>
      <MenuChoices
        label={t('members.roleOf', { name: member.name })}
        value={member.role}
        onValue={changeRole}
        choices={ROLES.filter((role) => mayGive(me, role)).map((role) => ({ value: role, label: t(`roles.${role}`) }))}
      />
    </Menu>
  );
}

function useChangeRole(member: Member): (role: Role) => void {
  const { t } = useI18n();
  const { queryClient } = useApi();
  const { api } = useWorkspace();
  const { say } = useToasts();
  const { run } = useAct();
  return (role) =>
    run(async () => {
      if (role === member.role) return;
      await api.call.members.changeRole.mutate({ memberId: member.id, role });
      say(t('members.roleChanged', { name: member.name, role: t(`roles.${role}`) }));
      await Promise.all([
        queryClient.invalidateQueries(api.query.members.pathFilter()),
        queryClient.invalidateQueries(api.query.audit.pathFilter()),
      ]);
    });
}
