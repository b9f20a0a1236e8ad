import type { Content, MediaFile } from '../../acts/contents.ts';

export interface SendAs {
  /** Nothing is compressed or shown: the file itself. */
  document: boolean;
  viewOnce: boolean;
  /** Videos without sound that play by themselves. */
  gif: boolean;
  /** Audio as if it had been spoken. */
  voice: boolean;
  sticker: boolean;
}

export const plainly: SendAs = { document: false, viewOnce: false, gif: false, voice: false, sticker: false };

interface About {
  caption: string;
  album?: string;
}

/** How a file is said, by its type and what the person chose. */
export function fileContent(media: MediaFile, as: SendAs, { caption, album }: About): Content {
  const said = caption.trim() === '' ? {} : { caption: caption.trim() };
  const [type] = media.mimetype.split('/');
  if (as.sticker) return { kind: 'sticker', media };
  if (as.document) return { kind: 'document', media, ...said };
  const seen = { ...said, ...(as.viewOnce ? { viewOnce: true } : {}), ...(album === undefined ? {} : { album }) };
  if (type === 'image') return { kind: 'image', media, ...seen };
  if (type === 'video') return { kind: 'video', media, ...seen, ...(as.gif ? { gif: true } : {}) };
  if (type === 'audio') return as.voice ? { kind: 'voice', media } : { kind: 'audio', media };
  return { kind: 'document', media, ...said };
}

const isSeen = (type: string): boolean => type.startsWith('image/') || type.startsWith('video/');

/** Two or more pictures and videos that are sent together are an album; what is seen once stands alone. */
export function albumHead(types: readonly string[], as: SendAs): Extract<Content, { kind: 'album' }> | undefined {
  if (types.length < 2 || as.document || as.viewOnce || as.gif || !types.every(isSeen)) return undefined;
  const images = types.filter((type) => type.startsWith('image/')).length;
  return { kind: 'album', images, videos: types.length - images };
}
