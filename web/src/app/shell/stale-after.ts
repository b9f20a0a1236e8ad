import type { WorkspaceEvent } from '@waxos/contract/events';

export type StaleNoun = 'account' | 'workspaces' | 'members' | 'invitations' | 'devices' | 'apiKeys' | 'audit';

/** Roles and names are also in the account, which lists the workspaces of whoever is signed in. */
const staleByEvent: Record<WorkspaceEvent['type'], readonly StaleNoun[]> = {
  'workspace.updated': ['account', 'workspaces'],
  'member.joined': ['members', 'invitations'],
  'member.role_changed': ['account', 'members', 'apiKeys'],
  'member.removed': ['account', 'members', 'apiKeys'],
  'invitation.changed': ['invitations'],
  'device.added': ['devices'],
  'device.renamed': ['devices'],
  'device.removed': ['devices'],
  'device.changed': ['devices'],
  'device.code_changed': ['devices'],
  // No page shows these yet.
  'contact.changed': [],
  'conversation.changed': [],
  'conversation.merged': [],
  'message.added': [],
  'message.changed': [],
  'gap.found': [],
  'call.noticed': [],
  'api_key.changed': ['apiKeys'],
};

interface Happened {
  reload: boolean;
  events: readonly { event: Pick<WorkspaceEvent, 'type'> }[];
}

/** What has to be asked again. A cursor that is too old has missed something unknown: then everything. */
export function staleAfter({ reload, events }: Happened): Set<StaleNoun> {
  if (reload) return new Set(['account', 'workspaces', 'members', 'invitations', 'devices', 'apiKeys', 'audit']);
  const stale = new Set(events.flatMap(({ event }) => staleByEvent[event.type] ?? []));
  if (stale.size > 0) stale.add('audit');
  return stale;
}
