import { sql } from 'drizzle-orm';
import type { SystemTx } from '../../db/tenant.ts';

/** Where a node fetches what it is to send with a command: the address stands in the command itself. */
export const outgoingMediaUrl = (commandId: string, hash: string): string => `/nodes/media/${commandId}/${hash}`;

/** The workspace of bytes that belong to a command which was given to this node, and which it may still do. */
export const findOutgoing = async (tx: Pick<SystemTx, 'db'>, { nodeId, commandId, hash }: { nodeId: string; commandId: string; hash: string }): Promise<string | undefined> => {
  const [row] = await tx.db.execute(sql`
    select c.workspace_id
    from device_leases l join device_commands c on c.workspace_id = l.workspace_id and c.device_id = l.device_id and c.id = ${commandId}::uuid
    where l.node_id = ${nodeId}::uuid and l.released_at is null and l.expires_at > now()
      and c.given_epoch = l.epoch and c.state in ('given', 'checking') and c.command #>> '{content,media,url}' = ${outgoingMediaUrl(commandId, hash)}`);
  return row === undefined ? undefined : String(row['workspace_id']);
};
