import type { Chat, Person } from '@waxos/contract/node-link/identities';
import { and, eq, isNull, or, sql } from 'drizzle-orm';
import { newId } from '../../db/ids.ts';
import { contacts } from '../../db/schema/contacts.ts';
import { identities } from '../../db/schema/identities.ts';
import type { Tx } from '../../db/tenant.ts';
import type { Identity } from './identity.ts';
import { learnNumbers } from './learn-numbers.ts';

const columns = { id: identities.id, contactId: identities.contactId, kind: identities.kind, phone: identities.phone, lid: identities.lid, groupNumber: identities.groupNumber, createdAt: identities.createdAt };

/** Who it is, made where nobody is known by it yet; what both of its numbers tell of each other is learnt on the way. */
export const findIdentity = async (tx: Tx, chat: Chat): Promise<Identity> => {
  const [found, ...others] = await findAll(tx, chat);
  if (found !== undefined && others.length === 0 && !tellsMore(found, chat)) return found;
  // New people are few; whoever tells of one waits for the others, and looks again.
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`identities ${tx.workspaceId}`}, 0))`);
  const known = await findAll(tx, chat);
  if (chat.kind === 'group') return known[0] ?? addIdentity(tx, chat);
  return (await learnNumbers(tx, known, chat.person)) ?? addIdentity(tx, chat);
};

const findAll = (tx: Tx, chat: Chat): Promise<Identity[]> =>
  tx.db
    .select(columns)
    .from(identities)
    .where(and(eq(identities.workspaceId, tx.workspaceId), isNull(identities.mergedInto), chat.kind === 'group' ? eq(identities.groupNumber, chat.group) : isKnownBy(chat.person)));

const isKnownBy = ({ phone, lid }: Person) => or(phone === undefined ? undefined : eq(identities.phone, phone), lid === undefined ? undefined : eq(identities.lid, lid));

const tellsMore = (known: Identity, chat: Chat): boolean => chat.kind === 'person' && ((chat.person.phone ?? known.phone) !== known.phone || (chat.person.lid ?? known.lid) !== known.lid);

const addIdentity = async (tx: Tx, chat: Chat): Promise<Identity> => {
  const contactId = newId();
  await tx.db.insert(contacts).values({ workspaceId: tx.workspaceId, id: contactId, kind: chat.kind, createdAt: tx.now });
  const numbers = chat.kind === 'group' ? { phone: null, lid: null, groupNumber: chat.group } : { phone: chat.person.phone ?? null, lid: chat.person.lid ?? null, groupNumber: null };
  const identity = { id: newId(), contactId, kind: chat.kind, ...numbers, createdAt: tx.now };
  await tx.db.insert(identities).values({ workspaceId: tx.workspaceId, ...identity });
  return identity;
};
