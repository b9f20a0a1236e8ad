import { useNavigate } from '@tanstack/react-router';
import type { acceptInvitationInput } from '@waxos/contract/workspaces';
import type { z } from 'zod';
import { useToasts } from '../../components/toasts.tsx';
import { useApi } from '../../lib/api-provider.tsx';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { forgetLinkSecret } from '../../lib/link-secret.ts';

/** Accepts, forgets the used link and opens the workspace. */
export function useAccept(workspaceName: string): (input: z.output<typeof acceptInvitationInput>) => Promise<void> {
  const { t } = useI18n();
  const { queryClient, account } = useApi();
  const { say } = useToasts();
  const navigate = useNavigate();
  return async (input) => {
    const { workspaceId } = await account.call.invitations.accept.mutate(input);
    forgetLinkSecret('invitation');
    queryClient.clear();
    say(t('invitation.joined', { workspace: workspaceName }));
    await navigate({ to: '/w/$workspaceId', params: { workspaceId } });
  };
}
