import type { ObjectStoreConfig } from '../config.ts';
import { openDiskObjectStore } from './disk-object-store.ts';
import type { ObjectStore } from './object-store.ts';

interface Keys {
  S3_ACCESS_KEY_ID?: string | undefined;
  S3_SECRET_ACCESS_KEY?: string | undefined;
}

/** The one that the configuration names; config.ts has seen to it that a bucket has its keys. */
export const openObjectStore = async (store: ObjectStoreConfig, { S3_ACCESS_KEY_ID: accessKeyId = '', S3_SECRET_ACCESS_KEY: secretAccessKey = '' }: Keys): Promise<ObjectStore> => {
  if (store.kind === 'disk') return openDiskObjectStore(store.dir);
  // Its client is as large as all the rest of the gateway.
  const { openS3ObjectStore } = await import('./s3-object-store.ts');
  return openS3ObjectStore({ ...store, accessKeyId, secretAccessKey });
};
