import type { Permission, Role } from '@waxos/contract/permissions';
import { createContext, use, useMemo, type ReactNode } from 'react';
import { useAccount, useApi } from './api-provider.tsx';
import type { Door } from './api.ts';

export interface CurrentWorkspace {
  id: string;
  name: string;
  memberId: string;
  role: Role;
  api: Door;
  /** What is not allowed is not offered; the server refuses it in any case. */
  may: (permission: Permission) => boolean;
}

const WorkspaceContext = createContext<CurrentWorkspace | undefined>(undefined);

export function WorkspaceProvider({ workspaceId, children }: { workspaceId: string; children: ReactNode }) {
  const api = useApi();
  const account = useAccount();
  const current = useMemo(() => {
    const found = account.workspaces.find((workspace) => workspace.id === workspaceId);
    if (found === undefined) return undefined;
    return { ...found, api: api.workspace(found.id), may: (permission: Permission) => found.permissions.includes(permission) };
  }, [account, api, workspaceId]);
  return <WorkspaceContext value={current}>{children}</WorkspaceContext>;
}

export const useWorkspaceIfAny = (): CurrentWorkspace | undefined => use(WorkspaceContext);

export function useWorkspace(): CurrentWorkspace {
  const workspace = use(WorkspaceContext);
  if (workspace === undefined) throw new Error('useWorkspace was called outside of a workspace.');
  return workspace;
}
