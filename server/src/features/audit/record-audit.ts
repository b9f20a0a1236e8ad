import type { AuditAction } from '@waxos/contract/audit';
import { eq } from 'drizzle-orm';
import type { Actor } from '../../db/actor.ts';
import { newId } from '../../db/ids.ts';
import { auditEntries } from '../../db/schema/audit-entries.ts';
import { members } from '../../db/schema/members.ts';
import type { SystemTx, Tx } from '../../db/tenant.ts';

interface Deed {
  action: AuditAction;
  /** On what, as a person would name it. */
  subject: string;
  details?: Record<string, string>;
}

/** Who did what, on what, from where; in the transaction that does it. */
export const recordAudit = async (tx: Tx, deed: Deed): Promise<void> => {
  await tx.db.insert(auditEntries).values({
    workspaceId: tx.workspaceId,
    id: newId(),
    at: tx.now,
    actorKind: tx.actor.kind,
    actorId: actorIdOf(tx.actor),
    actorName: tx.actor.name,
    address: tx.actor.address,
    details: {},
    ...deed,
  });
};

const actorIdOf = (actor: Actor): string | null => {
  if (actor.kind === 'member') return actor.memberId;
  return actor.kind === 'api_key' ? actor.apiKeyId : null;
};

interface AccountDeed {
  accountId: string;
  name: string;
  address: string;
  action: AuditAction;
  subject?: string;
}

/** What a person does to their own login concerns every workspace they are a member of, and stands in each one's log. */
export const recordAccountAudit = async (tx: SystemTx, { accountId, name, address, action, subject }: AccountDeed): Promise<void> => {
  const memberships = await tx.db.select({ workspaceId: members.workspaceId, id: members.id }).from(members).where(eq(members.accountId, accountId));
  if (memberships.length === 0) return;
  await tx.db.insert(auditEntries).values(
    memberships.map((member) => ({
      workspaceId: member.workspaceId,
      id: newId(),
      at: tx.now,
      actorKind: 'member' as const,
      actorId: member.id,
      actorName: name,
      details: {},
      subject: subject ?? name,
      address,
      action,
    })),
  );
};
