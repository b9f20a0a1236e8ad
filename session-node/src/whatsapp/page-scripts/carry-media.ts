import type { Answer, Page, PageMessageKey } from './page.ts';

/** A file that was put into the input becomes one that the library takes for its own, without its going through base64. */
export const takeFile = async (wanted: { token: string; mimetype: string; filename: string; isSticker: boolean }): Promise<{ mimetype: string } | null> => {
  const page = globalThis as unknown as Page & { waxosGivesFiles?: boolean };
  const { WWebJS, waxos } = page;
  const input = page.document.querySelector(`#waxos-${wanted.token}`);
  const file = input?.files?.[0];
  input?.remove();
  if (file === undefined || WWebJS === undefined) return null;
  if (page.waxosGivesFiles !== true) {
    const usual = WWebJS.mediaInfoToFile;
    WWebJS.mediaInfoToFile = (info) => waxos.files.get(info.data) ?? usual(info);
    page.waxosGivesFiles = true;
  }
  const { token: data, mimetype, filename } = wanted;
  waxos.files.set(data, new File([file], filename, { type: mimetype }));
  if (!wanted.isSticker || mimetype === 'image/webp') return { mimetype };
  const sticker = await WWebJS.toStickerData({ data, mimetype, filename });
  waxos.files.delete(data);
  waxos.files.set(data, WWebJS.mediaInfoToFile({ ...sticker, filename }));
  return { mimetype: sticker.mimetype };
};

/** Fetches a message's bytes into a blob of the page, to be read from there. */
export const fetchBlob = async (wanted: { key: PageMessageKey; token: string; phoneMs: number }): Promise<Answer<{ mimetype: string; bytes: number } | 'gone'>> => {
  const page = globalThis as unknown as Page;
  const { waxos } = page;
  const msg = await waxos.findMsg(wanted.key);
  if (msg === undefined || typeof msg['directPath'] !== 'string') return { ok: true, value: 'gone' };
  const controller = new AbortController();
  waxos.downloads.set(wanted.token, controller);
  const qpl = { addAnnotations: () => qpl, addPoint: () => qpl };
  const download = (): Promise<ArrayBuffer | Blob> => {
    const { directPath, encFilehash, filehash, mediaKey, mediaKeyTimestamp, type } = msg;
    return page.require('WAWebDownloadManager').downloadManager.downloadAndMaybeDecrypt({ directPath, encFilehash, filehash, mediaKey, mediaKeyTimestamp, type, signal: controller.signal, downloadQpl: qpl });
  };
  const isGone = (error: unknown): boolean => [404, 410].includes(Number((error as { status?: unknown } | undefined)?.status));
  const isBusy = (): boolean => ['REUPLOADING', 'FETCHING'].includes(String((msg['mediaData'] as { mediaStage?: unknown } | undefined)?.mediaStage));
  /** What the server has no longer the phone may upload once more, as soon as it is online. */
  const again = async (error: unknown): Promise<ArrayBuffer | Blob> => {
    if (!isGone(error) || typeof msg['downloadMedia'] !== 'function') throw error;
    const until = Date.now() + wanted.phoneMs;
    const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));
    const asked = (msg['downloadMedia'] as (options: object) => Promise<unknown>).call(msg, { downloadEvenIfExpensive: true, rmrReason: 1 });
    await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, wanted.phoneMs))]);
    while (isBusy() && Date.now() < until) await pause();
    if (isBusy()) throw new Error('the phone has not uploaded it once more yet');
    return download();
  };
  try {
    const given = await download().catch(again);
    const mimetype = typeof msg['mimetype'] === 'string' ? msg['mimetype'] : 'application/octet-stream';
    const blob = new Blob([given], { type: mimetype });
    waxos.blobs.set(wanted.token, blob);
    return { ok: true, value: { mimetype, bytes: blob.size } };
  } catch (error) {
    return isGone(error) ? { ok: true, value: 'gone' } : { ok: false, reason: 'media_missing', text: error instanceof Error ? error.message : 'the download failed' };
  } finally {
    waxos.downloads.delete(wanted.token);
  }
};

export const dropMedia = (token: string): void => {
  const { waxos } = globalThis as unknown as Page;
  waxos.downloads.get(token)?.abort();
  waxos.blobs.delete(token);
  waxos.files.delete(token);
};
