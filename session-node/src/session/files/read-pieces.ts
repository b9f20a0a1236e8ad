import type { FileHandle } from 'node:fs/promises';

const pieceBytes = 256 * 1_024;

/** From its beginning to its end, each piece in a buffer of its own. */
export async function* readPieces(handle: FileHandle): AsyncGenerator<Buffer> {
  for (let at = 0; ; ) {
    const piece = await readAt(handle, at, pieceBytes);
    if (piece.length === 0) return;
    yield piece;
    at += piece.length;
  }
}

/** Fewer bytes where the file ends before. */
export const readAt = async (handle: FileHandle, at: number, bytes: number): Promise<Buffer> => {
  const buffer = Buffer.allocUnsafe(bytes);
  let read = 0;
  while (read < bytes) {
    const { bytesRead } = await handle.read(buffer, read, bytes - read, at + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return buffer.subarray(0, read);
};
