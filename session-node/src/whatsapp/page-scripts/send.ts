import type { Answer, Page, PageChatName, PageMessageKey } from './page.ts';

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
  const { waxos, WWebJS } = page;
  const no = (reason: 'not_ready' | 'no_chat' | 'refused' | 'too_late', text: string): Answer<'called'> => ({ ok: false, reason, text });
  if (WWebJS === undefined) return no('not_ready', 'the library is not ready');
  // One whose caller has given it up may still hold the library's door.
  if (waxos.sending !== undefined) return no('not_ready', 'another message is on its way');
  const went = { late: false, called: false };
  const own: PageMessageKey = { chat: sending.chat, fromMe: true, id: sending.id };
  const addressOf = async (name: PageChatName): Promise<string> => {
    const there = await waxos.findChat(name, false);
    const { lid, phone } = name.kind === 'person' ? name.person : {};
    return there === undefined ? (lid === undefined ? `${phone}@c.us` : `${lid}@lid`) : waxos.addressOf(there.id);
  };
  let letGo = (): void => undefined;
  try {
    waxos.sending = sending.id;
    const chat = await waxos.findChat(sending.chat, true);
    if (chat === undefined) return no('no_chat', 'there is no such chat');
    if ((await waxos.findMsg(own)) !== undefined) return { ok: true, value: 'called' };
    const quoted = sending.quoted === undefined ? undefined : await waxos.findMsg(sending.quoted);
    const mentions = await Promise.all(sending.mentions.map(addressOf));
    const keys = page.require('WAWebMsgKey');
    const door = page.require('WAWebSendMsgChatAction');
    const [newId, add] = [keys.newId, door.addAndSendMsgToChat];
    letGo = (): void => {
      keys.newId = newId;
      door.addAndSendMsgToChat = add;
    };
    keys.newId = () => Promise.resolve(sending.id);
    door.addAndSendMsgToChat = (to, message) => {
      if (message.id.id !== sending.id) throw new Error('this build makes ids in a way of its own');
      went.late = Date.now() > sending.notAfter;
      if (went.late) throw new Error('too late');
      went.called = true;
      return add.call(door, to, message);
    };
    await WWebJS.sendMessage(chat, sending.text, { ...sending.options, ...(mentions.length === 0 ? {} : { mentionedJidList: mentions }), ...(quoted === undefined ? {} : { quotedMessageId: waxos.keyText(quoted.id) }) });
    return { ok: true, value: 'called' };
  } catch (error) {
    // What throws after the call has left all the same (upstream #201833): its tick will tell.
    if (went.called) return { ok: true, value: 'called' };
    return went.late ? no('too_late', 'the time to send it is over') : no('refused', error instanceof Error ? error.message : String(error));
  } finally {
    letGo();
    delete waxos.sending;
  }
};
