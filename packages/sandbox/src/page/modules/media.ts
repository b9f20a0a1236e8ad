import type { App, ModuleTable } from '../app.ts';
import { hashOf } from '../media/hash-bytes.ts';
import { OpaqueData } from '../media/opaque-data.ts';
import { prepareMedia, toWebpSticker, type MediaParams } from '../media/prepare-media.ts';

/** What is known of a file under its hash, while it is being sent. */
interface MediaObject {
  filehash: string;
  contentInfo: { waveform?: Uint8Array };
  type?: string;
  size?: number;
  consolidate: (fields: Record<string, unknown>) => void;
}

/** Files on their way out and in. Nothing is encrypted: the network is this machine's own. */
export const mediaModules = ({ media }: App): ModuleTable => {
  const blobs = new Map<string, Blob>();
  const objects = new Map<string, MediaObject>();

  const getOrCreateMediaObject = (filehash: string): MediaObject => {
    const known = objects.get(filehash);
    if (known !== undefined) return known;
    const made: MediaObject = { filehash, contentInfo: {}, consolidate: (fields) => void Object.assign(made, fields) };
    objects.set(filehash, made);
    return made;
  };
  const prepRawMedia = (opaque: OpaqueData, params: MediaParams): { waitForPrep: () => Promise<unknown> } => ({
    waitForPrep: async () => {
      const data = await prepareMedia(opaque, params);
      blobs.set(data.filehash, opaque.formData());
      return data;
    },
  });
  const store = async (blob: Blob): Promise<Record<string, unknown>> => {
    const { hash, path, size } = await media.upload(blob);
    const key = btoa(hash.slice(0, 32));
    return { url: path, mmsUrl: path, deprecatedMms3Url: path, directPath: path, mediaKey: key, mediaKeyTimestamp: Math.floor(Date.now() / 1_000), encFilehash: await hashOf(blob), uploadHash: await hashOf(blob), handle: hash, size };
  };
  const uploadMedia = async ({ mediaObject }: { mediaObject: MediaObject }): Promise<{ mediaEntry: Record<string, unknown> | undefined }> => {
    const blob = blobs.get(mediaObject.filehash);
    if (blob === undefined) return { mediaEntry: undefined };
    const mediaEntry = await store(blob);
    blobs.delete(mediaObject.filehash);
    objects.delete(mediaObject.filehash);
    return { mediaEntry };
  };
  const encryptAndUpload = async ({ blob }: { blob: Blob }): Promise<Record<string, unknown>> => ({ ...(await store(blob)), mimetype: blob.type || 'image/webp', width: 512, height: 512 });

  return {
    WAWebMediaOpaqueData: OpaqueData,
    WAWebPrepRawMedia: { prepRawMedia },
    WAWebMediaStorage: { getOrCreateMediaObject },
    WAWebMmsMediaTypes: { msgToMediaType: ({ type, isGif }: { type: string; isGif?: boolean }) => (isGif === true ? 'gif' : type), castToV4: (type: string) => type },
    WAWebMediaDataUtils: { shouldUseMediaCache: () => false },
    WAWebMediaInMemoryBlobCache: { InMemoryMediaBlobCache: { put: (hash: string, blob: Blob) => void blobs.set(hash, blob), get: (hash: string) => blobs.get(hash), has: (hash: string) => blobs.has(hash) } },
    WAWebMediaMmsV4Upload: { uploadMedia, uploadUnencryptedMedia: uploadMedia },
    WAWebUploadManager: { encryptAndUpload },
    WAWebStartMediaUploadQpl: { startMediaUploadQpl: () => ({}) },
    WAWebDownloadManager: { downloadManager: { downloadAndMaybeDecrypt: ({ directPath, signal }: { directPath: string; signal?: AbortSignal }) => media.download(directPath, signal) } },
    WAWebImageUtils: { toWebpSticker },
    WAMediaCalculateFilehash: { getRandomFilehash: () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)))) },
    WAWebMediaUpdateMsg: (data: Record<string, unknown>, fields: Record<string, unknown>) => void Object.assign(data, fields),
  };
};
