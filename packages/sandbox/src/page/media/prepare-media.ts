import type { OpaqueData } from './opaque-data.ts';
import { hashOf } from './hash-bytes.ts';

export interface MediaParams {
  asSticker?: boolean;
  asGif?: boolean;
  isPtt?: boolean;
  asDocument?: boolean;
}

type MediaType = 'image' | 'video' | 'audio' | 'ptt' | 'document' | 'sticker';

/** WhatsApp's MediaData: what is known of a file before it is sent. */
export class MediaData {
  type: MediaType;
  mimetype: string;
  size: number;
  filehash: string;
  isGif: boolean;
  mediaBlob: OpaqueData;
  declare preview?: string;
  declare filename?: string;
  declare fullWidth?: number;
  declare fullHeight?: number;
  declare duration?: number;
  declare waveform?: Uint8Array;
  declare renderableUrl?: string;

  constructor(parts: { type: MediaType; mimetype: string; size: number; filehash: string; isGif: boolean; mediaBlob: OpaqueData }) {
    this.type = parts.type;
    this.mimetype = parts.mimetype;
    this.size = parts.size;
    this.filehash = parts.filehash;
    this.isGif = parts.isGif;
    this.mediaBlob = parts.mediaBlob;
  }

  set(fields: Record<string, unknown>): void {
    Object.assign(this, fields);
  }

  toJSON(): Record<string, unknown> {
    const { mediaBlob: _, renderableUrl: __, ...fields } = this;
    return fields;
  }
}

/** WAWebPrepRawMedia: looks a file over. */
export const prepareMedia = async (opaque: OpaqueData, params: MediaParams): Promise<MediaData> => {
  const blob = opaque.formData();
  const type = typeOf(opaque.type, params);
  const data = new MediaData({ type, mimetype: opaque.type, size: blob.size, filehash: await hashOf(blob), isGif: type === 'video' && params.asGif === true, mediaBlob: opaque });
  if (opaque.filename !== undefined && opaque.filename !== 'undefined') data.filename = opaque.filename;
  if (type === 'image' || type === 'sticker') data.set(await measureImage(blob, type === 'image'));
  if (type === 'audio' || type === 'ptt') data.set(await measureSound(blob));
  return data;
};

const typeOf = (mimetype: string, { asSticker, isPtt, asDocument }: MediaParams): MediaType => {
  if (asSticker === true) return 'sticker';
  const [kind] = mimetype.split('/');
  if (asDocument === true) return 'document';
  if (kind === 'image' || kind === 'video') return kind;
  if (kind === 'audio') return isPtt === true ? 'ptt' : 'audio';
  return 'document';
};

const previewWidth = 48;

/** What cannot be decoded goes without size and preview, as WhatsApp sends it. */
const measureImage = async (blob: Blob, withPreview: boolean): Promise<Record<string, unknown>> => {
  try {
    const bitmap = await createImageBitmap(blob);
    const measured = { fullWidth: bitmap.width, fullHeight: bitmap.height };
    if (!withPreview) return measured;
    const canvas = new OffscreenCanvas(previewWidth, Math.max(1, Math.round((bitmap.height / bitmap.width) * previewWidth)));
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.6 });
    return { ...measured, preview: btoa(String.fromCharCode(...new Uint8Array(await jpeg.arrayBuffer()))) };
  } catch {
    return {};
  }
};

const measureSound = async (blob: Blob): Promise<Record<string, unknown>> => {
  try {
    const { duration } = await new OfflineAudioContext(1, 1, 44_100).decodeAudioData(await blob.arrayBuffer());
    return { duration: Math.max(1, Math.round(duration)) };
  } catch {
    return {};
  }
};

const stickerSide = 512;

/** WAWebImageUtils: a picture in the square of a sticker, as webp. */
export const toWebpSticker = async (blob: Blob): Promise<Blob> => {
  const bitmap = await createImageBitmap(blob);
  const scale = stickerSide / Math.max(bitmap.width, bitmap.height);
  const [width, height] = [bitmap.width * scale, bitmap.height * scale];
  const canvas = new OffscreenCanvas(stickerSide, stickerSide);
  canvas.getContext('2d')?.drawImage(bitmap, (stickerSide - width) / 2, (stickerSide - height) / 2, width, height);
  return canvas.convertToBlob({ type: 'image/webp' });
};
