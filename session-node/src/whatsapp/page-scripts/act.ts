import type { Answer, Page, PageChatName, PageMessageKey, PageMsg, PagePerson } from './page.ts';

export type MessageAct = { act: 'edit'; key: PageMessageKey; text: string } | { act: 'revoke'; key: PageMessageKey } | { act: 'react'; key: PageMessageKey; emoji: string };
export type ChatAct = { act: 'read'; chat: PageChatName } | { act: 'type'; chat: PageChatName; state: 'typing' | 'recording' | 'paused' };

/** What is done to a message that is there. */
export const actOnMessage = async (wanted: MessageAct): Promise<Answer<null>> => {
  const page = globalThis as unknown as Page;
  const { waxos } = page;
  const no = (reason: 'no_chat' | 'refused', text: string): Answer<null> => ({ ok: false, reason, text });
  const done: Answer<null> = { ok: true, value: null };
  const may = page.require('WAWebMsgActionCapability');
  const msg: PageMsg | undefined = await waxos.findMsg(wanted.key);
  if (msg === undefined) return no('refused', 'there is no such message');
  switch (wanted.act) {
    case 'edit':
      if (!may.canEditText(msg) && !may.canEditCaption(msg)) return no('refused', 'it can be edited no longer');
      // Without the preview of a link, which makes the library throw.
      await page.require('WAWebSendMessageEditAction').sendMessageEdit(msg, wanted.text, {});
      return done;
    case 'revoke': {
      if (!may.canSenderRevokeMsg(msg) && !may.canAdminRevokeMsg(msg)) return no('refused', 'it can be revoked no longer');
      const chat = await waxos.findChat(wanted.key.chat, false);
      if (chat === undefined) return no('no_chat', 'there is no such chat');
      await page.require('WAWebCmd').Cmd.sendRevokeMsgs(chat, { list: [msg], type: 'message' }, { clearMedia: true });
      return done;
    }
    case 'react':
      await page.require('WAWebSendReactionMsgAction').sendReactionToMsg(msg, wanted.emoji);
      return done;
  }
};

export const actOnChat = async (wanted: ChatAct): Promise<Answer<null>> => {
  const page = globalThis as unknown as Page;
  const { waxos } = page;
  const done: Answer<null> = { ok: true, value: null };
  const chat = await waxos.findChat(wanted.chat, wanted.act === 'type');
  // Nothing to read where there is no chat.
  if (chat === undefined) return wanted.act === 'read' ? done : { ok: false, reason: 'no_chat', text: 'there is no such chat' };
  if (wanted.act === 'type') {
    const states = page.require('WAWebChatStateBridge');
    await { typing: states.sendChatStateComposing, recording: states.sendChatStateRecording, paused: states.sendChatStatePaused }[wanted.state](chat.id);
    return done;
  }
  const { Stream } = page.require('WAWebStreamModel');
  Stream.markAvailable();
  await page.require('WAWebUpdateUnreadChatAction').sendSeen({ chat, threadId: undefined });
  if (!waxos.isAttending()) Stream.markUnavailable();
  return done;
};

export const rejectCall = async ({ id, from }: { id: string; from: PagePerson }): Promise<Answer<null>> => {
  const page = globalThis as unknown as Page;
  const ringing: unknown = Object.values(page.require('WAWebCallCollection')).find((value) => value instanceof Map);
  const call = ringing instanceof Map ? (ringing.get(id) as { peerJid?: unknown } | undefined) : undefined;
  const peer = call?.peerJid === undefined ? page.waxos.chatAddresses({ kind: 'person', person: from })[0] : page.waxos.addressOf(call.peerJid);
  if (page.WWebJS === undefined || peer === undefined) return { ok: false, reason: 'not_ready', text: 'the library is not ready' };
  await page.WWebJS.rejectCall(peer, id);
  return { ok: true, value: null };
};
