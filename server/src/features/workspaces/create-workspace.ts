import type { Locale } from '@waxos/contract/fields';
import { newId } from '../../db/ids.ts';
import { auditEntries } from '../../db/schema/audit-entries.ts';
import { members } from '../../db/schema/members.ts';
import { workspaceCursors } from '../../db/schema/workspace-cursors.ts';
import { workspaces } from '../../db/schema/workspaces.ts';
import type { SystemTx } from '../../db/tenant.ts';

interface NewWorkspace {
  name: string;
  locale: Locale;
  timeZone: string;
  owner: { accountId: string; name: string };
  address: string;
}

/** A workspace with its cursor and its owner. There is no workspace yet to act in, so this is the system's work. */
export const createWorkspace = async (tx: SystemTx, { name, locale, timeZone, owner, address }: NewWorkspace): Promise<string> => {
  const [workspaceId, memberId] = [newId(), newId()];
  await tx.db.insert(workspaces).values({ id: workspaceId, name, locale, timeZone, createdAt: tx.now });
  await tx.db.insert(workspaceCursors).values({ workspaceId });
  await tx.db.insert(members).values({ workspaceId, id: memberId, accountId: owner.accountId, role: 'owner', joinedAt: tx.now });
  await tx.db.insert(auditEntries).values({
    workspaceId,
    id: newId(),
    at: tx.now,
    action: 'workspace.created',
    actorKind: 'member',
    actorId: memberId,
    actorName: owner.name,
    subject: name,
    address,
    details: {},
  });
  tx.publish(workspaceId, { type: 'member.joined', memberId, role: 'owner' });
  return workspaceId;
};
