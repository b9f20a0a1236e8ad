import type { Stanza } from '../../wire/stanzas.ts';
import type { MessageRef } from '../../acts/message-acts.ts';
import type { App, ModuleTable } from '../app.ts';
import { MsgKey } from '../ids/msg-key.ts';
import type { ChatModel } from '../models/chat.ts';
import type { MsgModel } from '../models/msg.ts';
import { sendMessage } from '../threads/send-message.ts';
import { nowInSeconds, refOf, wireKey } from './message-refs.ts';

/** What is done to a message that is there: edit, revoke, react, star, forward, pin. */
export const messageModules = (app: App): ModuleTable => {
  const { line, directory } = app;
  const ref = (msg: MsgModel): MessageRef => refOf(app, msg);
  const me = (): string => directory.myPhone()?.toString() ?? '';
  const own = (stanza: Stanza): Promise<void> => app.take([stanza]);

  const sendMessageEdit = async (msg: MsgModel, text: string, options: { mentionedJidList?: unknown[] } = {}): Promise<void> => {
    const mentions = (options.mentionedJidList ?? []).map(String);
    const { id, at } = await line.act('message.edit', { message: ref(msg), text, ...(mentions.length === 0 ? {} : { mentions }) });
    await own({ s: 'edited', key: wireKey(msg), text, at, editId: id });
  };
  const sendRevokeMsgs = async (_chat: ChatModel, { list }: { list: MsgModel[] }): Promise<void> => {
    for (const msg of list) {
      await line.act('message.revoke', { message: ref(msg) });
      await own({ s: 'revoked', key: wireKey(msg), by: me(), at: nowInSeconds(), revokeId: msg.id.id });
    }
  };
  const sendDeleteMsgs = async (_chat: ChatModel, { list }: { list: MsgModel[] }): Promise<void> => {
    await line.act('message.hide', { messages: list.map(ref) });
    await own({ s: 'hidden', keys: list.map(wireKey) });
  };
  const star = (starred: boolean) => async (_chat: ChatModel, list: MsgModel[]): Promise<void> => {
    await line.act('message.star', { messages: list.map(ref), starred });
    await own({ s: 'starred', keys: list.map(wireKey), starred });
  };
  const sendReactionToMsg = async (msg: MsgModel, emoji: string): Promise<void> => {
    await line.act('message.react', { message: ref(msg), emoji });
    await own({ s: 'reacted', key: wireKey(msg), id: await MsgKey.newId(), from: me(), emoji, at: nowInSeconds() });
  };
  const sendPinInChatMsg = async (msg: MsgModel, action: number, seconds: number): Promise<{ messageSendResult: string }> => {
    const forSeconds = action === 1 ? seconds : 0;
    await line.act('message.pin', { message: ref(msg), forSeconds });
    await own({ s: 'pinned', key: wireKey(msg), from: me(), until: forSeconds === 0 ? 0 : nowInSeconds() + forSeconds, at: nowInSeconds() });
    return { messageSendResult: 'OK' };
  };
  const forwardMessages = async ({ chat, msgs }: { chat: ChatModel; msgs: MsgModel[] }): Promise<void> => {
    for (const msg of msgs) await forward(app, chat, msg);
  };

  return {
    WAWebSendMessageEditAction: { sendMessageEdit },
    WAWebCmd: { Cmd: Object.assign(app.cmd, { sendRevokeMsgs, sendDeleteMsgs, sendStarMsgs: star(true), sendUnstarMsgs: star(false) }) },
    WAWebSendReactionMsgAction: { sendReactionToMsg },
    WAWebChatForwardMessage: { forwardMessages },
    WAWebSendPinMessageAction: { sendPinInChatMsg },
    WAWebPinMsgConstants: { getPinExpiryDuration: () => 7 * 24 * 3_600 },
  };
};

/** A copy under a new id, with one more on its count of forwards. */
const forward = async (app: App, chat: ChatModel, msg: MsgModel): Promise<void> => {
  const from = chat.id.isLid() ? app.directory.myLid() : app.directory.myPhone();
  const participant = chat.id.isGroup() ? (chat.groupMetadata?.isLidAddressingMode === true ? app.directory.myLid() : app.directory.myPhone()) : undefined;
  const id = new MsgKey({ from, to: chat.id, id: await MsgKey.newId(), participant, selfDir: 'out' });
  const { id: _, quotedMsg: __, quotedStanzaID: ___, quotedParticipant: ____, ...said } = msg.serialize();
  const score = Number(Reflect.get(msg, 'forwardingScore') ?? 0);
  const [, result] = sendMessage(app, chat, { ...said, id, from: participant ?? from, to: chat.id, t: Math.floor(Date.now() / 1_000), isForwarded: true, forwardingScore: score + 1 });
  await result;
};
