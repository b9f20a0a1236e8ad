import type { App, ModuleTable } from '../app.ts';
import { MsgKey } from '../ids/msg-key.ts';
import { createWid } from '../ids/wid.ts';
import { MsgModel } from '../models/msg.ts';

const editableForMs = 15 * 60_000;
const editable = new Set(['chat']);
const captioned = new Set(['image', 'video', 'document']);

/** What may be done to a message, and what is known of it. */
export const messageLookupModules = (app: App): ModuleTable => {
  const { line, directory } = app;
  const isRecent = (msg: MsgModel): boolean => Date.now() - msg.t * 1_000 < editableForMs;
  return {
    WAWebMsgActionCapability: {
      canEditText: (msg: MsgModel) => msg.id.fromMe && editable.has(msg.type) && isRecent(msg),
      canEditCaption: (msg: MsgModel) => msg.id.fromMe && captioned.has(msg.type) && isRecent(msg),
      canSenderRevokeMsg: (msg: MsgModel) => msg.id.fromMe && msg.type !== 'revoked' && !msg.isNotification,
      canAdminRevokeMsg: (msg: MsgModel) => msg.id.remote.isGroup() && !msg.id.fromMe && directory.chatFor(msg.id.remote).iAmAdmin(),
      canStarMsg: (msg: MsgModel) => msg.type !== 'revoked' && !msg.isNotification,
    },
    WAWebMsgReply: { canReplyMsg: (msg: MsgModel) => msg.canReply() },
    WAWebQuotedMsgModelUtils: { getQuotedMsgObj: (msg: MsgModel) => quotedModel(app, msg) },
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
