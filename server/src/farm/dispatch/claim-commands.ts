import type { SessionCommand } from '@waxos/contract/node-link/commands';
import { sql } from 'drizzle-orm';
import type { SystemTx } from '../../db/tenant.ts';

/** Something to be given to a node now. */
export interface Claimed {
  workspaceId: string;
  id: string;
  deviceId: string;
  conversationId: string | null;
  messageId: string | null;
  command: SessionCommand;
  nodeId: string;
  epoch: number;
  leaseUntil: Date;
}

const atOnceMax = 200;

/** What nodes that this gateway holds the link of are to be asked now, marked as given to them. */
export const claimCommands = async (tx: SystemTx, gatewayId: string): Promise<Claimed[]> => {
  const claimed = [...(await claimWaiting(tx, gatewayId)), ...(await claimAgain(tx, gatewayId))];
  await markMessages(tx, claimed);
  return claimed;
};

/** Devices that this gateway reaches, and that can work. */
const reached = (tx: SystemTx, gatewayId: string) => sql`
  device_leases l
  join node_links k on k.node_id = l.node_id and k.gateway_id = ${gatewayId} and k.ended_at is null
  join devices d on d.workspace_id = l.workspace_id and d.id = l.device_id
    and (d.state = 'ready' or (d.state = 'degraded' and d.state_reason = 'contract_broken') or (d.state = 'reconnecting' and d.state_reason = 'asleep'))
  where l.released_at is null and l.expires_at > ${tx.now.toISOString()}::timestamptz
    and c.workspace_id = l.workspace_id and c.device_id = l.device_id`;

const returned = sql`
  returning c.workspace_id as "workspaceId", c.id, c.device_id as "deviceId", c.conversation_id as "conversationId", c.message_id as "messageId", c.command,
    due.node_id as "nodeId", due.epoch::float8 as epoch, due.expires_at as "leaseUntil"`;

/** The first of each conversation, unless one before it is on its way or nobody knows what became of it. */
const claimWaiting = (tx: SystemTx, gatewayId: string): Promise<Claimed[]> =>
  readClaimed(
    tx,
    sql`
    with due as (
      select c.workspace_id, c.id, l.node_id, l.epoch, l.expires_at
      from device_commands c, ${reached(tx, gatewayId)}
        and c.state = 'waiting' and c.due_at <= ${tx.now.toISOString()}::timestamptz and (c.retry_at is null or c.retry_at <= ${tx.now.toISOString()}::timestamptz)
        and (c.conversation_id is null or not exists (
          select from device_commands b
          where b.workspace_id = c.workspace_id and b.conversation_id = c.conversation_id and b.id <> c.id
            and (b.state in ('given', 'checking', 'uncertain') or (b.state = 'waiting' and b.due_at <= ${tx.now.toISOString()}::timestamptz and (b.due_at, b.id) < (c.due_at, c.id)))))
      order by c.due_at, c.id limit ${atOnceMax} for update of c skip locked)
    update device_commands c set state = 'given', given_epoch = due.epoch, given_at = ${tx.now.toISOString()}::timestamptz, tries = c.tries + 1, retry_at = null, outcome = null
    from due where c.workspace_id = due.workspace_id and c.id = due.id ${returned}`,
  );

/**
 * Given before, with an outcome still owed. Over a new link to the same session it is given again under its id, which
 * the node knows. After the session moved, a message is looked for there; anything else is the same when done twice.
 */
const claimAgain = async (tx: SystemTx, gatewayId: string): Promise<Claimed[]> => {
  const sameSession = await readClaimed(
    tx,
    sql`
    with due as (
      select c.workspace_id, c.id, l.node_id, l.epoch, l.expires_at
      from device_commands c, ${reached(tx, gatewayId)}
        and c.state = 'given' and c.given_epoch = l.epoch and (c.given_at is null or c.given_at < k.claimed_at)
      limit ${atOnceMax} for update of c skip locked)
    update device_commands c set given_at = ${tx.now.toISOString()}::timestamptz from due where c.workspace_id = due.workspace_id and c.id = due.id ${returned}`,
  );
  await tx.db.execute(sql`
    update device_commands c set state = 'waiting', given_at = null from ${reached(tx, gatewayId)}
      and c.state = 'given' and c.given_epoch < l.epoch and c.command->>'type' <> 'message.send'`);
  const moved = await readClaimed(
    tx,
    sql`
    with due as (
      select c.workspace_id, c.id, l.node_id, l.epoch, l.expires_at
      from device_commands c, ${reached(tx, gatewayId)}
        and c.state in ('given', 'checking') and c.command->>'type' = 'message.send' and c.given_epoch < l.epoch and coalesce(c.checked_epoch, 0) < l.epoch
      limit ${atOnceMax} for update of c skip locked)
    update device_commands c set state = 'checking', checked_epoch = due.epoch from due where c.workspace_id = due.workspace_id and c.id = due.id ${returned}`,
  );
  return [...sameSession, ...moved.map(lookFor)];
};

const lookFor = (claimed: Claimed): Claimed => {
  const { command } = claimed;
  return command.type === 'message.send' ? { ...claimed, command: { type: 'message.check', chat: command.chat, messageId: command.messageId } } : claimed;
};

const readClaimed = async (tx: SystemTx, statement: ReturnType<typeof sql>): Promise<Claimed[]> => {
  const rows = (await tx.db.execute(statement)) as unknown as (Omit<Claimed, 'leaseUntil'> & { leaseUntil: string | Date })[];
  return [...rows].map((row) => ({ ...row, leaseUntil: new Date(row.leaseUntil) }));
};

const markMessages = async (tx: SystemTx, claimed: readonly Claimed[]): Promise<void> => {
  for (const { workspaceId, conversationId, messageId, command } of claimed) {
    if (messageId === null || conversationId === null) continue;
    const sending = command.type === 'message.send' ? 'given' : command.type === 'message.check' ? 'checking' : undefined;
    if (sending === undefined) continue;
    const changed = await tx.db.execute(sql`update messages set sending = ${sending} where workspace_id = ${workspaceId} and id = ${messageId} and sending not in ('sent', ${sending}) returning id`);
    if ([...changed].length > 0) tx.publish(workspaceId, { type: 'message.changed', conversationId, messageId });
  }
};
