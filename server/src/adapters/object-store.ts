import type { Readable } from 'node:stream';

/** What it is called: its own SHA-256, in hexadecimal. */
export interface StoredObject {
  hash: string;
  bytes: number;
}

/**
 * Bytes of workspaces, each under its own hash: the same bytes are one object, and two workspaces share none, or one
 * could find out what another has. Two implementations: disk-object-store.ts and s3-object-store.ts.
 */
export interface ObjectStore {
  /** There and whole once it resolves. Where the stream fails, nothing is left, and it rejects with the stream's error. */
  put: (workspaceId: string, bytes: Readable) => Promise<StoredObject>;
  /** Undefined where there is none. The stream must be read or destroyed. */
  get: (workspaceId: string, hash: string) => Promise<{ bytes: number; stream: Readable } | undefined>;
  /** Throws where nothing could be stored now. */
  check: () => Promise<void>;
  close: () => void;
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const HASH = /^[0-9a-f]{64}$/;

/** A name made of what came from outside; anything but an id and a hash would lead elsewhere. */
export const nameObject = (workspaceId: string, hash: string): string => {
  if (!ID.test(workspaceId) || !HASH.test(hash)) throw new Error('an object is named by a workspace and a hash');
  return `${workspaceId}/${hash}`;
};
