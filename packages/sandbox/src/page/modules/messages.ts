import type { Stanza } from '../../wire/stanzas.ts';
import type { MessageRef } from '../../acts/message-acts.ts';
import type { App, ModuleTable } from '../app.ts';
import { MsgKey } from '../ids/msg-key.ts';
import { createWid } from '../ids/wid.ts';
import type { ChatModel } from '../models/chat.ts';
import { MsgModel } from '../models/msg.ts';
import { sendMessage } from '../threads/send-message.ts';

const editableForMs = 15 * 60_000;
const editable = new Set(['chat']);
const captioned = new Set(['image', 'video', 'document']);

/** What is done to a message that is there: edit, revoke, react, star, forward, pin. */
export const messageModules = (app: App): ModuleTable => {
  const { line, directory } = app;
  const wireKey = ({ id }: MsgModel) => ({ chat: id.remote.toString(), id: id.id, fromMe: id.fromMe, ...(id.participant === undefined ? {} : { participant: id.participant.toString() }) });
  const ref = ({ id }: MsgModel): MessageRef => ({ chat: id.remote.toString(), id: id.id, ...(authorOf(id) === undefined ? {} : { author: authorOf(id) }) });
  const authorOf = (id: MsgKey): string | undefined => id.participant?.toString() ?? (id.fromMe ? directory.myPhone()?.toString() : id.remote.toString());
  const me = (): string => directory.myPhone()?.toString() ?? '';
  const now = (): number => Math.floor(Date.now() / 1_000);
  const own = (stanza: Stanza): Promise<void> => app.take([stanza]);

  const sendMessageEdit = async (msg: MsgModel, text: string, options: { mentionedJidList?: unknown[] } = {}): Promise<void> => {
    const mentions = (options.mentionedJidList ?? []).map(String);
    const { id, at } = await line.act('message.edit', { message: ref(msg), text, ...(mentions.length === 0 ? {} : { mentions }) });
    await own({ s: 'edited', key: wireKey(msg), text, at, editId: id });
  };
  const sendRevokeMsgs = async (_chat: ChatModel, { list }: { list: MsgModel[] }): Promise<void> => {
    for (const msg of list) {
      await line.act('message.revoke', { message: ref(msg) });
      await own({ s: 'revoked', key: wireKey(msg), by: me(), at: now(), revokeId: msg.id.id });
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
    await own({ s: 'reacted', key: wireKey(msg), id: await MsgKey.newId(), from: me(), emoji, at: now() });
  };
  const sendPinInChatMsg = async (msg: MsgModel, action: number, seconds: number): Promise<{ messageSendResult: string }> => {
    const forSeconds = action === 1 ? seconds : 0;
    await line.act('message.pin', { message: ref(msg), forSeconds });
    await own({ s: 'pinned', key: wireKey(msg), from: me(), until: forSeconds === 0 ? 0 : now() + forSeconds, at: now() });
    return { messageSendResult: 'OK' };
  };
  const forwardMessages = async ({ chat, msgs }: { chat: ChatModel; msgs: MsgModel[] }): Promise<void> => {
    for (const msg of msgs) await forward(app, chat, msg);
  };

  const isRecent = (msg: MsgModel): boolean => Date.now() - msg.t * 1_000 < editableForMs;
  return {
    WAWebSendMessageEditAction: { sendMessageEdit },
    WAWebCmd: { Cmd: Object.assign(app.cmd, { sendRevokeMsgs, sendDeleteMsgs, sendStarMsgs: star(true), sendUnstarMsgs: star(false) }) },
    WAWebSendReactionMsgAction: { sendReactionToMsg },
    WAWebMsgReply: { canReplyMsg: (msg: MsgModel) => msg.canReply() },
    WAWebQuotedMsgModelUtils: { getQuotedMsgObj: (msg: MsgModel) => quotedModel(app, msg) },
    WAWebMsgActionCapability: {
      canEditText: (msg: MsgModel) => msg.id.fromMe && editable.has(msg.type) && isRecent(msg),
      canEditCaption: (msg: MsgModel) => msg.id.fromMe && captioned.has(msg.type) && isRecent(msg),
      canSenderRevokeMsg: (msg: MsgModel) => msg.id.fromMe && msg.type !== 'revoked' && !msg.isNotification,
      canAdminRevokeMsg: (msg: MsgModel) => msg.id.remote.isGroup() && !msg.id.fromMe && directory.chatFor(msg.id.remote).iAmAdmin(),
      canStarMsg: (msg: MsgModel) => msg.type !== 'revoked' && !msg.isNotification,
    },
    WAWebChatForwardMessage: { forwardMessages },
    WAWebSendPinMessageAction: { sendPinInChatMsg },
    WAWebPinMsgConstants: { getPinExpiryDuration: () => 7 * 24 * 3_600 },
    WAWebPinInChatSchema: { getTable: () => ({ equals: async (_columns: string[], chat: string) => pinsOf(app, chat) }) },
    WAWebApiMessageInfoStore: {
      queryMsgInfo: async (key: MsgKey) => {
        const seen = await line.act('message.info', { message: { chat: key.remote.toString(), id: key.id } });
        const people = (list: { who: string; at: number }[]) => list.map(({ who, at }) => ({ id: createWid(who), t: at }));
        return { delivery: people(seen.delivered), deliveryRemaining: 0, played: people(seen.played), playedRemaining: 0, read: people(seen.read), readRemaining: 0 };
      },
    },
    WAWebMsgDataFromModel: { msgDataFromMsgModel: (msg: MsgModel) => msg.serialize() },
  };
};

const quotedModel = (app: App, msg: MsgModel): MsgModel | undefined => {
  const { quotedMsg, quotedStanzaID: id, quotedParticipant: author } = msg;
  if (quotedMsg === undefined || id === undefined) return undefined;
  const fromMe = author !== undefined && app.directory.isMe(author);
  const key = new MsgKey({ fromMe, remote: msg.id.remote, id, participant: msg.id.remote.isGroup() ? author : undefined });
  return app.collections.Msg.get(key) ?? new MsgModel({ ...quotedMsg, id: key, from: author, to: msg.id.remote, t: msg.t });
};

interface Pin {
  chatId: string;
  parentMsgKey: string;
  pinType: number;
  until: number;
}

const pinsOf = async (app: App, chat: string): Promise<Pin[]> => {
  const notes = await app.storage.all('notes');
  // What stands under `pin:` was put there by applyAddon.
  return notes.filter(({ name }) => name.startsWith('pin:')).map(({ value }) => value as Pin).filter(({ chatId, until }) => chatId === chat && (until === 0 || until * 1_000 > Date.now()));
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
