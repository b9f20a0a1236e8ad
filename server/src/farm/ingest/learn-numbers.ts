import type { Person } from '@waxos/contract/node-link/identities';
import { and, eq } from 'drizzle-orm';
import { identities } from '../../db/schema/identities.ts';
import type { Tx } from '../../db/tenant.ts';
import type { Identity } from './identity.ts';
import { mergeIdentities } from './merge-identities.ts';

/**
 * What a phone number and a LID named together tell. The LID is the person, the phone number what they have now:
 *
 *   known by the LID alone         they get the phone number; whoever had it keeps their LID without it
 *   known by the phone alone       they get the LID, or, where they have another, lose the number to somebody new
 *   two known, one by each         the two are one and are merged, unless the one with the number has a LID of their own
 *
 * Undefined where nobody is left who could be meant.
 */
export const learnNumbers = async (tx: Tx, known: readonly Identity[], { phone, lid }: Person): Promise<Identity | undefined> => {
  const byPhone = known.find((one) => phone !== undefined && one.phone === phone);
  const byLid = known.find((one) => lid !== undefined && one.lid === lid);
  if (phone === undefined || lid === undefined) return byPhone ?? byLid;
  const numberMoved = byPhone !== undefined && byPhone.lid !== null && byPhone.lid !== lid;
  if (byLid === undefined) {
    if (byPhone === undefined) return undefined;
    if (!numberMoved) return change(tx, byPhone, { lid });
    await change(tx, byPhone, { phone: null });
    return undefined;
  }
  if (byPhone === undefined || byPhone.id === byLid.id) return byLid.phone === phone ? byLid : change(tx, byLid, { phone });
  if (numberMoved) {
    await change(tx, byPhone, { phone: null });
    return change(tx, byLid, { phone });
  }
  const [kept, merged] = byPhone.createdAt <= byLid.createdAt ? [byPhone, byLid] : [byLid, byPhone];
  return mergeIdentities(tx, { kept, merged, numbers: { phone, lid } });
};

const change = async (tx: Tx, identity: Identity, numbers: { phone?: string | null; lid?: string }): Promise<Identity> => {
  await tx.db
    .update(identities)
    .set(numbers)
    .where(and(eq(identities.workspaceId, tx.workspaceId), eq(identities.id, identity.id)));
  tx.publish({ type: 'contact.changed', contactId: identity.contactId });
  return { ...identity, ...numbers };
};
