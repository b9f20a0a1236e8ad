import type { Page, PageChatName, PageMsg } from './page.ts';

/** The state of an own message by its id. With `untilMs` it waits for a tick, or for the network's refusal. */
export const findSent = async (wanted: { chat: PageChatName; id: string; untilMs: number }): Promise<{ ack: number; at: number } | null> => {
  const page = globalThis as unknown as Page;
  const msg: PageMsg | undefined = await page.waxos.findMsg({ chat: wanted.chat, fromMe: true, id: wanted.id });
  if (msg === undefined) return null;
  if (msg.ack === 0 && wanted.untilMs > 0) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wanted.untilMs);
      msg.on('change:ack', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
  return { ack: msg.ack, at: msg.t };
};
