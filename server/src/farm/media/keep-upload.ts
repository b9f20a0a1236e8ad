import { sql } from 'drizzle-orm';
import { storedObjects } from '../../db/schema/stored-objects.ts';
import type { Tx } from '../../db/tenant.ts';
import type { UploadPlace } from './find-upload.ts';

interface Kept {
  hash: string;
  bytes: number;
  mimetype: string;
}

/** Writes down that bytes are in the object store, and what they are of. */
export const keepUpload = async (tx: Tx, place: UploadPlace, { hash, bytes, mimetype }: Kept): Promise<void> => {
  const { db, workspaceId, now } = tx;
  await db.insert(storedObjects).values({ workspaceId, hash, bytes, mimetype, storedAt: now }).onConflictDoNothing();
  switch (place.what) {
    case 'media':
      await db.execute(sql`update message_media set state = 'stored', hash = ${hash} where workspace_id = ${workspaceId}::uuid and message_id = ${place.messageId}::uuid and state <> 'stored'`);
      return tx.publish({ type: 'message.changed', conversationId: place.conversationId, messageId: place.messageId });
    case 'picture':
      await db.execute(sql`update identities set picture_hash = ${hash} where workspace_id = ${workspaceId}::uuid and id = ${place.identityId}::uuid`);
      return tx.publish({ type: 'contact.changed', contactId: place.contactId });
    case 'screenshot':
      await db.execute(sql`update device_commands set object_hash = ${hash} where workspace_id = ${workspaceId}::uuid and id = ${place.commandId}::uuid`);
  }
};
