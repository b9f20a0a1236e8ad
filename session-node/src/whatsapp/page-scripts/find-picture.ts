import type { Answer, Page, PageChatName } from './page.ts';

/** Where the picture of a person or group is. Who shows none, or none to us, has none. */
export const findPicture = async (name: PageChatName): Promise<Answer<{ address: string } | 'none'>> => {
  const page = globalThis as unknown as Page;
  const { waxos } = page;
  try {
    const there = await waxos.findChat(name, false);
    const id = there?.id ?? page.require('WAWebWidFactory').createWid(waxos.chatAddresses(name)[0] ?? '');
    const picture = await page.require('WAWebContactProfilePicThumbBridge').requestProfilePicFromServer(there ?? { id });
    const address = picture?.eurl;
    return { ok: true, value: typeof address === 'string' && address !== '' ? { address } : 'none' };
  } catch (error) {
    // The server says no by a code: there is none, or it is not ours to see.
    if (error instanceof Error && error.name === 'ServerStatusCodeError') return { ok: true, value: 'none' };
    return { ok: false, reason: 'media_missing', text: error instanceof Error ? error.message : 'the picture did not come' };
  }
};
