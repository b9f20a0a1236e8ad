import type { Page, PageMsg } from './page.ts';

/** Tells messages and what becomes of them, each change once, from before the first sync on (the library begins after it). */
export const watchMessages = (): void => {
  const page = globalThis as unknown as Page;
  const { waxos } = page;
  page.waxosWatching ??= {};
  if (page.waxosWatching.messages === true) return;
  const { Msg } = page.require('WAWebCollections');
  page.waxosWatching.messages = true;
  const pending = new Set<PageMsg>();
  const toldBefore = new Map<string, string>();

  const say = (msg: PageMsg): void => {
    if (!waxos.isWanted(msg) || pending.has(msg)) return;
    pending.add(msg);
    waxos.inOrder(async () => {
      // Nobody is asked for in a rush: what a reader lacks of an address comes with a later message.
      if (pending.size <= 20) await waxos.meet(msg.id.participant ?? msg.id.remote);
      pending.delete(msg);
      const message = waxos.read(msg);
      const [text, name] = [JSON.stringify({ ...message, ack: 0 }), waxos.keyText(msg.id)];
      if (toldBefore.get(name) === text) return;
      toldBefore.delete(name);
      toldBefore.set(name, text);
      for (const oldest of toldBefore.keys()) if (toldBefore.size > 500) toldBefore.delete(oldest);
      waxos.tell({ what: 'message', message });
    });
  };
  const added = (msg: PageMsg): void => {
    waxos.heard.add(msg);
    if (msg['isNewMsg'] !== true || !waxos.isWanted(msg)) return;
    say(msg);
    // The phone is asked for what could not be decrypted, except where no device can have it.
    if (msg.type === 'ciphertext' && msg.subtype?.endsWith('_unavailable_fanout') !== true) setTimeout(() => msg.type === 'ciphertext' && resend(msg), 5_000);
  };
  const resend = (msg: PageMsg): void => void page.require('WAWebNonMessageDataRequestPlaceholderMessageResendUtils').handlePlaceholderMsgsSeen([msg], true);
  const removed = (msg: PageMsg): void => {
    if (!waxos.isWanted(msg)) return;
    waxos.inOrder(async () => {
      // Out of memory is not deleted: only what is kept no longer is hidden.
      const kept = (await Msg.getMessagesById([waxos.keyText(msg.id)]))?.messages ?? [];
      if (!kept.some((one) => one !== undefined && one !== null)) waxos.tell({ what: 'hidden', key: waxos.keyOf(msg.id, msg['author']) });
    });
  };
  page.require('WAWebSyncGatingUtils').isPlaceholderMessageResendEnabled = () => true;
  Msg.on('add', added);
  for (const name of ['type', 'body', 'caption', 'latestEditMsgKey', 'star', 'pollName', 'isEventCanceled', 'eventName']) Msg.on(`change:${name}`, say);
  Msg.on('change:ack', (msg: PageMsg, ack: number) => {
    if (!waxos.isWanted(msg)) return;
    waxos.inOrder(() => waxos.tell({ what: 'ack', key: waxos.keyOf(msg.id, msg['author']), ack }));
  });
  Msg.on('remove', removed);
  Msg.on('waxos_canary', (token: string) => waxos.tell({ what: 'canary', token }));
  for (const msg of Msg.getModelsArray()) added(msg);
};
