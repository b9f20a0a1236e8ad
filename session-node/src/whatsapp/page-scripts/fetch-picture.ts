import type { Answer, Page, PageChatName } from './page.ts';

/** Fetches the picture of a person or group into a blob of the page. Who shows none, or none to us, has none. */
export const fetchPictureBlob = async (wanted: { chat: PageChatName; token: string }): Promise<Answer<{ mimetype: string; bytes: number } | 'none'>> => {
  const page = globalThis as unknown as Page;
  const { waxos } = page;
  const controller = new AbortController();
  waxos.downloads.set(wanted.token, controller);
  try {
    const there = await waxos.findChat(wanted.chat, false);
    const id = there?.id ?? page.require('WAWebWidFactory').createWid(waxos.chatAddresses(wanted.chat)[0] ?? '');
    const picture = await page.require('WAWebContactProfilePicThumbBridge').requestProfilePicFromServer(there ?? { id });
    const address = picture?.eurl;
    if (typeof address !== 'string' || address === '') return { ok: true, value: 'none' };
    const response = await fetch(address, { signal: controller.signal });
    if (!response.ok) return response.status === 404 || response.status === 410 ? { ok: true, value: 'none' } : { ok: false, reason: 'media_missing', text: `the picture came with ${response.status}` };
    const blob = await response.blob();
    waxos.blobs.set(wanted.token, blob);
    return { ok: true, value: { mimetype: blob.type === '' ? 'image/jpeg' : blob.type, bytes: blob.size } };
  } catch (error) {
    // The server says no by a code: there is none, or it is not ours to see.
    if (error instanceof Error && error.name === 'ServerStatusCodeError') return { ok: true, value: 'none' };
    return { ok: false, reason: 'media_missing', text: error instanceof Error ? error.message : 'the picture did not come' };
  } finally {
    waxos.downloads.delete(wanted.token);
  }
};
