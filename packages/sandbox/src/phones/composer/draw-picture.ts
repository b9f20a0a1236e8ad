/** The middle of a picture as a square JPEG, base64 without a prefix. */
export async function drawPicture(file: Blob, side: number): Promise<string> {
  const bitmap = await createImageBitmap(file);
  const cut = Math.min(bitmap.width, bitmap.height);
  const canvas = new OffscreenCanvas(side, side);
  const pen = contextOf(canvas);
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, side, side);
  pen.drawImage(bitmap, (bitmap.width - cut) / 2, (bitmap.height - cut) / 2, cut, cut, 0, 0, side, side);
  bitmap.close();
  return asBase64(await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.82 }));
}

const previewSide = 40;

/** A tiny picture of the same shape, shown until the real one is there. */
export async function drawPreview(source: ImageBitmap | HTMLVideoElement, width: number, height: number): Promise<string> {
  const scale = previewSide / Math.max(width, height, 1);
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  contextOf(canvas).drawImage(source, 0, 0, canvas.width, canvas.height);
  return asBase64(await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.6 }));
}

const stickerSide = 512;

/** Stickers are square WebP files with room around them. One that is WebP already goes as it is, it may move. */
export async function drawSticker(file: File): Promise<File> {
  if (file.type === 'image/webp') return file;
  const bitmap = await createImageBitmap(file);
  const canvas = new OffscreenCanvas(stickerSide, stickerSide);
  const scale = Math.min(stickerSide / bitmap.width, stickerSide / bitmap.height);
  const [width, height] = [bitmap.width * scale, bitmap.height * scale];
  contextOf(canvas).drawImage(bitmap, (stickerSide - width) / 2, (stickerSide - height) / 2, width, height);
  bitmap.close();
  return new File([await canvas.convertToBlob({ type: 'image/webp', quality: 0.9 })], 'sticker.webp', { type: 'image/webp' });
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser draws no pictures.');
  return context;
}

const asBase64 = async (blob: Blob): Promise<string> => {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};
