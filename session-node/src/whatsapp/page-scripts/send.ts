import type { Answer, Modules, Page, PageChat, PageChatName, PageMessageKey } from './page.ts';

export interface PageSending {
  chat: PageChatName;
  id: string;
  text?: string;
  /** As the library names them. */
  options: Record<string, unknown>;
  quoted?: PageMessageKey;
  mentions: PageChatName[];
  notAfter: number;
}

/** Sends under the id that is given. `called` says that it may have left, so that no failure after it means that it did not. */
export const send = async (sending: PageSending): Promise<Answer<'called'>> => {
  const page = globalThis as unknown as Page;
  const { waxos } = page;
  const no = (reason: 'no_chat' | 'refused' | 'too_late' | 'media_missing', text: string): Answer<'called'> => ({ ok: false, reason, text });
  if (page.WWebJS === undefined) return no('refused', 'the library is not ready');
  const chat = await waxos.findChat(sending.chat, true);
  if (chat === undefined) return no('no_chat', 'there is no such chat');
  const own: PageMessageKey = { chat: sending.chat, fromMe: true, id: sending.id };
  if ((await waxos.findMsg(own)) !== undefined) return { ok: true, value: 'called' };
  const quoted = sending.quoted === undefined ? undefined : await waxos.findMsg(sending.quoted);
  const mentions = (await Promise.all(sending.mentions.map((name) => waxos.findChat(name, false)))).flatMap((one, index) => {
    const name = sending.mentions[index];
    const person = name?.kind === 'person' ? name.person : {};
    return one === undefined ? [person.lid === undefined ? `${person.phone}@c.us` : `${person.lid}@lid`] : [waxos.addressOf(one.id)];
  });
  const keys = page.require('WAWebMsgKey');
  const door = page.require('WAWebSendMsgChatAction');
  const [newId, add] = [keys.newId, door.addAndSendMsgToChat];
  let state: 'before' | 'late' | 'called' = 'before';
  keys.newId = () => Promise.resolve(sending.id);
  const guarded: Modules['WAWebSendMsgChatAction']['addAndSendMsgToChat'] = (to: PageChat, message) => {
    if (message.id.id !== sending.id) return add.call(door, to, message);
    if (Date.now() > sending.notAfter) {
      state = 'late';
      throw new Error('too late');
    }
    state = 'called';
    return add.call(door, to, message);
  };
  door.addAndSendMsgToChat = guarded;
  const { options } = sending;
  try {
    await page.WWebJS.sendMessage(chat, sending.text, { ...options, ...(mentions.length === 0 ? {} : { mentionedJidList: mentions }), ...(quoted === undefined ? {} : { quotedMessageId: waxos.keyText(quoted.id) }) });
    return { ok: true, value: 'called' };
  } catch (error) {
    // What throws after the call has left all the same (upstream #201833): its tick will tell.
    if ((state as string) === 'called') return { ok: true, value: 'called' };
    return (state as string) === 'late' ? no('too_late', 'the time to send it is over') : no('refused', error instanceof Error ? error.message : String(error));
  } finally {
    keys.newId = newId;
    door.addAndSendMsgToChat = add;
  }
};
