import type { Permission, Role } from '@waxos/contract/permissions';

interface Acting {
  workspaceId: string;
  /** As it stands in the audit log. */
  name: string;
  permissions: readonly Permission[];
  /** Where the request came from; empty for our own work. */
  address: string;
}

export interface MemberActor extends Acting {
  kind: 'member';
  memberId: string;
  accountId: string;
  role: Role;
}

export interface ApiKeyActor extends Acting {
  kind: 'api_key';
  apiKeyId: string;
}

/** Our own work inside one workspace, such as a sweep. */
export interface SystemActor extends Acting {
  kind: 'system';
}

/** Who acts, and in which workspace: what `withTenant` asks for. */
export type Actor = MemberActor | ApiKeyActor | SystemActor;
