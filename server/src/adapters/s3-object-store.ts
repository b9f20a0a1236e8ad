import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CopyObjectCommand, DeleteObjectCommand, GetObjectCommand, HeadBucketCommand, HeadObjectCommand, NoSuchKey, NotFound, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { measureBytes } from './measure-bytes.ts';
import { nameObject, type ObjectStore } from './object-store.ts';

export interface S3Options {
  bucket: string;
  region: string;
  /** Amazon's own unless given. */
  endpoint: string | undefined;
  accessKeyId: string;
  secretAccessKey: string;
  /** Where the bucket is no part of the host name, as with most others than Amazon. */
  isPathStyle: boolean;
}

/** One at a time of each upload, so that a slow store costs little memory. */
const PART_BYTES = 8 * 1_024 * 1_024;

/**
 * A hash is known at the end only, and an object there cannot be renamed: it is uploaded as a draft and copied to its
 * name within the store. What a gateway that died left of drafts is for a rule of the bucket to delete, on `drafts/`.
 */
export const openS3ObjectStore = ({ bucket, region, endpoint, accessKeyId, secretAccessKey, isPathStyle }: S3Options): ObjectStore => {
  const client = new S3Client({
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: isPathStyle,
    ...(endpoint === undefined ? {} : { endpoint }),
    // Others than Amazon do not know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const has = (key: string): Promise<boolean> => client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).then(() => true, ignoreMissing(false));

  return {
    put: async (workspaceId, bytes) => {
      const draft = `drafts/${randomUUID()}`;
      const { through, measured } = measureBytes();
      const upload = new Upload({ client, params: { Bucket: bucket, Key: draft, Body: through }, partSize: PART_BYTES, queueSize: 1 });
      try {
        await uploadWhole(upload, pipeline(bytes, through));
        const object = measured();
        const key = nameObject(workspaceId, object.hash);
        if (!(await has(key))) await client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: `${bucket}/${draft}` }));
        return object;
      } finally {
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: draft })).catch(ignoreMissing(undefined));
      }
    },
    get: async (workspaceId, hash) => {
      const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: nameObject(workspaceId, hash) })).catch(ignoreMissing(undefined));
      if (found === undefined) return undefined;
      if (!(found.Body instanceof Readable) || found.ContentLength === undefined) throw new Error('the object store answered without a body');
      return { bytes: found.ContentLength, stream: found.Body };
    },
    check: async () => void (await client.send(new HeadBucketCommand({ Bucket: bucket }))),
    close: () => client.destroy(),
  };
};

/** Of a stream that failed its own error counts; what the upload says of it is only what follows. */
const uploadWhole = async (upload: Upload, filled: Promise<void>): Promise<void> => {
  const uploaded = upload.done();
  uploaded.catch(() => undefined);
  try {
    await filled;
  } catch (error) {
    await upload.abort().catch(() => undefined);
    await uploaded.catch(() => undefined);
    throw error;
  }
  await uploaded;
};

const ignoreMissing =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (error instanceof NotFound || error instanceof NoSuchKey) return instead;
    throw error;
  };
