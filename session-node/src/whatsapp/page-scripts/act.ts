import type { Answer, Page, PageChatName, PageMessageKey, PageMsg } from './page.ts';

export type Act =
  | { act: 'edit'; key: PageMessageKey; text: string }
  | { act: 'revoke'; key: PageMessageKey }
  | { act: 'react'; key: PageMessageKey; emoji: string }
  | { act: 'read'; chat: PageChatName }
  | { act: 'type'; chat: PageChatName; state: 'typing' | 'recording' | 'paused' };

/** What is done to a message or a chat that is there. */
export const act = async (wanted: Act): Promise<Answer<null>> => {
  const page = globalThis as unknown as Page;
  const { waxos } = page;
  const no = (reason: 'no_chat' | 'refused', text: string): Answer<null> => ({ ok: false, reason, text });
  const done: Answer<null> = { ok: true, value: null };
  const may = page.require('WAWebMsgActionCapability');
  if (wanted.act === 'read' || wanted.act === 'type') {
    const chat = await waxos.findChat(wanted.chat, wanted.act === 'type');
    // Nothing to read where there is no chat.
    if (chat === undefined) return wanted.act === 'read' ? done : no('no_chat', 'there is no such chat');
    if (wanted.act === 'type') {
      const states = page.require('WAWebChatStateBridge');
      await { typing: states.sendChatStateComposing, recording: states.sendChatStateRecording, paused: states.sendChatStatePaused }[wanted.state](chat.id);
      return done;
    }
    const { Stream } = page.require('WAWebStreamModel');
    Stream.markAvailable();
    await page.require('WAWebUpdateUnreadChatAction').sendSeen({ chat, threadId: undefined });
    Stream.markUnavailable();
    return done;
  }
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
