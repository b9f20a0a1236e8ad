import type { WireMessage } from '../../wire/stanzas.ts';
import { MsgKey } from '../ids/msg-key.ts';
import { createWid } from '../ids/wid.ts';
import { contentAttributes } from './content-attributes.ts';

/** A kept message as the attributes of WhatsApp Web's model of it. */
export const messageAttributes = (message: WireMessage, row: number): Record<string, unknown> & { id: MsgKey } => {
  const { key, context, content } = message;
  const id = MsgKey.fromWire(key);
  const group = id.remote.isGroup();
  return {
    ...contentAttributes(content, group),
    ...(message.mediaPath === undefined || content.kind === 'revoked' ? {} : { directPath: message.mediaPath, deprecatedMms3Url: message.mediaPath }),
    id,
    rowId: row,
    t: message.at,
    ack: message.ack,
    from: createWid(message.from),
    to: createWid(message.to),
    ...(id.participant === undefined ? {} : { author: id.participant }),
    ...(message.pushName === undefined ? {} : { notifyName: message.pushName }),
    star: message.starred === true,
    hasReaction: (message.reactions ?? []).length > 0,
    mentionedJidList: (context?.mentions ?? []).map((person) => createWid(person)),
    groupMentions: (context?.groupMentions ?? []).map(({ group: address, subject }) => ({ groupJid: createWid(address), groupSubject: subject })),
    ...(context?.forwardingScore === undefined ? { isForwarded: false } : { isForwarded: true, forwardingScore: context.forwardingScore }),
    ...(context?.disappearsAfter === undefined ? {} : { ephemeralDuration: context.disappearsAfter }),
    ...quoted(message, group),
    ...(message.editedAt === undefined ? {} : { latestEditSenderTimestampMs: message.editedAt * 1_000, latestEditMsgKey: id }),
    ...(content.kind === 'revoked' ? { protocolMessageKey: id } : {}),
    // It goes to whom it tells of: the library reads the new number there.
    ...(content.kind === 'notice' && content.notice.kind === 'number' ? { to: createWid(content.notice.to) } : {}),
  };
};

const quoted = ({ context, quotedContent }: WireMessage, group: boolean): Record<string, unknown> => {
  if (context?.quoted === undefined) return {};
  const said = quotedContent === undefined ? { type: 'chat', body: '' } : contentAttributes(quotedContent, group);
  return { quotedMsg: said, quotedStanzaID: context.quoted.id, quotedParticipant: createWid(context.quoted.author) };
};
