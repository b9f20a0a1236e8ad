import type { App, ModuleTable } from '../app.ts';
import type { ChatModel } from '../models/chat.ts';
import type { MsgModel } from '../models/msg.ts';
import { sendMessage } from '../threads/send-message.ts';
import { findLink, findLinks } from './links.ts';
import { refOf } from './message-refs.ts';

const earlierCount = 50;

/** Sending, reading, and the page above. */
export const threadModules = (app: App): ModuleTable => {
  const { threads, line } = app;
  const sendSeen = async ({ chat }: { chat: ChatModel }): Promise<void> => {
    if (chat.unreadCount === 0) return;
    await app.take([{ s: 'readSelf', chat: chat.id.toString(), unread: 0 }]);
    await line.act('message.read', { chat: chat.id.toString() });
  };
  const getLinkPreview = async ({ href, url }: { href: string; url: string }): Promise<object | undefined> => {
    // A message goes out without a preview rather than not at all.
    const found = await line.act('link.preview', { url: href }).catch(() => null);
    return found === null ? undefined : { data: { title: found.title, description: found.description, canonicalUrl: found.canonicalUrl, matchedText: url } };
  };
  const resend = (msgs: readonly MsgModel[]): Promise<object> => line.act('message.resend', { messages: msgs.map((msg) => refOf(app, msg)) });
  return {
    WALinkify: { findLink, findLinks },
    WAWebGetEphemeralFieldsMsgActionsUtils: { getEphemeralFields: ({ ephemeralDuration }: ChatModel) => (ephemeralDuration > 0 ? { ephemeralDuration } : {}) },
    WAWebSendMsgChatAction: { addAndSendMsgToChat: (chat: ChatModel, attributes: Record<string, unknown>) => sendMessage(app, chat, attributes) },
    WAWebUpdateUnreadChatAction: { sendSeen },
    WAWebChatLoadMessages: { loadEarlierMsgs: ({ chat }: { chat: ChatModel }) => threads.earlier(chat, earlierCount) },
    WAWebLinkPreviewChatAction: { getLinkPreview },
    WAWebBackendJobsCommon: { mediaTypeFromProtobuf: (proto: object) => Object.keys(proto)[0]?.replace('Message', '') ?? null },
    WAWebE2EProtoUtils: { typeAttributeFromProtobuf: (proto: object) => ('conversation' in proto || 'extendedTextMessage' in proto ? 'text' : 'media') },
    WAWebNonMessageDataRequestPlaceholderMessageResendUtils: { handlePlaceholderMsgsSeen: resend },
  };
};
