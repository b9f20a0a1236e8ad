import type { Chat, MessageKey, Person } from '@waxos/contract/node-link/identities';
import type { Upload } from '@waxos/contract/node-link/uploads';
import { sql, type SQL } from 'drizzle-orm';
import type { ReadTx, SystemTx } from '../../db/tenant.ts';

/** Where bytes belong that a node brings. */
export type UploadPlace =
  | { what: 'media'; messageId: string; conversationId: string; isStored: boolean }
  | { what: 'picture'; identityId: string; contactId: string }
  | { what: 'screenshot'; commandId: string; deviceId: string };

export interface UploadingLease {
  nodeId: string;
  deviceId: string;
  epoch: number;
}

/** The workspace of a device that this node may run now, under this epoch. */
export const findUploadWorkspace = async (tx: Pick<SystemTx, 'db'>, { nodeId, deviceId, epoch }: UploadingLease): Promise<string | undefined> => {
  const [row] = await tx.db.execute(sql`
    select workspace_id from device_leases
    where device_id = ${deviceId}::uuid and node_id = ${nodeId}::uuid and epoch = ${epoch}::bigint and released_at is null and expires_at > now()`);
  return row === undefined ? undefined : String(row['workspace_id']);
};

/** Undefined where nothing is known that they could be of: then nobody wants them. */
export const findUploadPlace = (tx: Pick<ReadTx, 'db' | 'workspaceId'>, deviceId: string, upload: Upload): Promise<UploadPlace | undefined> => {
  switch (upload.what) {
    case 'media':
      return findMessage(tx, deviceId, upload.key);
    case 'picture':
      return findPictured(tx, upload.chat);
    case 'screenshot':
      return findCommand(tx, deviceId, upload.command);
  }
};

type Reading = Pick<ReadTx, 'db' | 'workspaceId'>;

const findMessage = async ({ db, workspaceId }: Reading, deviceId: string, { chat, author, fromMe, id }: MessageKey): Promise<UploadPlace | undefined> => {
  const isAuthor = author === undefined || fromMe ? sql`true` : sql`(m.author_id is null or m.author_id in (${identitiesOf(workspaceId, { kind: 'person', person: author })}))`;
  const [row] = await db.execute(sql`
    select m.id, m.conversation_id, b.state
    from messages m
    join conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    join message_media b on b.workspace_id = m.workspace_id and b.message_id = m.id
    where m.workspace_id = ${workspaceId}::uuid and c.device_id = ${deviceId}::uuid and m.stanza_id = ${id} and m.from_me = ${fromMe}::boolean
      and c.identity_id in (${identitiesOf(workspaceId, chat)}) and ${isAuthor}
    limit 1`);
  return row === undefined ? undefined : { what: 'media', messageId: String(row['id']), conversationId: String(row['conversation_id']), isStored: row['state'] === 'stored' };
};

const findPictured = async ({ db, workspaceId }: Reading, chat: Chat): Promise<UploadPlace | undefined> => {
  const [row] = await db.execute(sql`select id, contact_id from identities where workspace_id = ${workspaceId}::uuid and id in (${identitiesOf(workspaceId, chat)}) order by created_at limit 1`);
  return row === undefined ? undefined : { what: 'picture', identityId: String(row['id']), contactId: String(row['contact_id']) };
};

const findCommand = async ({ db, workspaceId }: Reading, deviceId: string, command: string): Promise<UploadPlace | undefined> => {
  const [row] = await db.execute(sql`
    select id from device_commands
    where workspace_id = ${workspaceId}::uuid and device_id = ${deviceId}::uuid and id::text = ${command} and command->>'type' = 'screenshot.take'`);
  return row === undefined ? undefined : { what: 'screenshot', commandId: String(row['id']), deviceId };
};

/** Both, where its phone number and its LID are not known to be one person yet. */
const identitiesOf = (workspaceId: string, chat: Chat): SQL => {
  const isIt = chat.kind === 'group' ? sql`group_number = ${chat.group}` : isPerson(chat.person);
  return sql`select id from identities where workspace_id = ${workspaceId}::uuid and merged_into is null and ${isIt}`;
};

const isPerson = ({ phone, lid }: Person): SQL => sql`(phone = ${phone ?? null}::text or lid = ${lid ?? null}::text)`;
