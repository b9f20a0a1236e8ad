import type { WireContent, WireMessage } from '../../wire/stanzas.ts';
import type { App } from '../app.ts';
import { MsgKey } from '../ids/msg-key.ts';
import { ServerStatusCodeError } from '../line/server-status-code-error.ts';
import type { ChatModel } from '../models/chat.ts';
import type { MsgModel } from '../models/msg.ts';
import type { KeptMessage } from '../storage/open-storage.ts';
import { readContent, readContext } from './read-content.ts';

export interface SendResult {
  messageSendResult: 'OK' | 'ERROR_NETWORK' | 'ERROR_UNKNOWN';
  t?: number;
}

/** Keeps a message as waiting, shows it, and gives it to the network: first the model, then the outcome. */
export const sendMessage = (app: App, chat: ChatModel, attributes: Record<string, unknown>): [Promise<MsgModel>, Promise<SendResult>] => {
  const shown = keepWaiting(app, chat, attributes);
  const result = shown.then(({ kept }) => deliver(app, kept));
  const first = app.manners().sendThrowsAfter === true ? result.then(() => throwAfter()) : shown.then(({ msg }) => msg);
  // The library awaits the outcome only where it was told to; the failure is in the message's ack as well.
  result.catch(() => undefined);
  return [first, result];
};

/** As a renamed field made sends fail which the network had already (upstream #201833). */
const throwAfter = (): never => {
  throw new TypeError("Cannot read properties of undefined (reading '_serialized')");
};

const keepWaiting = async (app: App, chat: ChatModel, attributes: Record<string, unknown>): Promise<{ kept: KeptMessage; msg: MsgModel }> => {
  const key = MsgKey.from(attributes['id']);
  const context = readContext(attributes);
  const message: WireMessage = {
    key: { chat: chat.id.toString(), id: key.id, fromMe: true, ...(key.participant === undefined ? {} : { participant: key.participant.toString() }) },
    at: Math.floor(Number(attributes['t'] ?? Date.now() / 1_000)),
    from: String(attributes['from']),
    to: chat.id.toString(),
    content: readContent(attributes),
    ...(context === undefined ? {} : { context }),
    ack: 0,
  };
  const quotedContent = await findQuoted(app, chat, context?.quoted?.id);
  const made = Promise.withResolvers<{ kept: KeptMessage; msg: MsgModel }>();
  await app.threads.keep(async (batch) => {
    const { kept } = await batch.put(quotedContent === undefined ? message : { ...message, quotedContent });
    batch.write({ store: 'chats', put: { ...app.directory.wireChat(chat), at: message.at } });
    batch.after(() => {
      chat.set({ t: message.at });
      const msg = app.threads.show(kept, true);
      if (msg.isMedia) msg.isUnsentMedia = true;
      made.resolve({ kept, msg });
    });
  });
  return made.promise;
};

const findQuoted = async (app: App, chat: ChatModel, id: string | undefined): Promise<WireContent | undefined> => {
  if (id === undefined) return undefined;
  return (await app.storage.messagesById(id)).find((kept) => kept.chat === chat.id.toString())?.message.content;
};

const deliver = async (app: App, { message, key }: KeptMessage): Promise<SendResult> => {
  const { content } = message;
  if (content.kind === 'ciphertext' || content.kind === 'revoked' || content.kind === 'notice') return { messageSendResult: 'ERROR_UNKNOWN' };
  try {
    const { at } = await app.line.act('message.send', { chat: message.key.chat, id: message.key.id, content, ...(message.context === undefined ? {} : { context: message.context }) });
    await changeAck(app, message, 1);
    return { messageSendResult: 'OK', t: at };
  } catch (error) {
    if (!(error instanceof ServerStatusCodeError)) throw error;
    // It waits for the next connection; only a refusal is the end of it.
    if (error.code === 'unreachable') return { messageSendResult: 'ERROR_NETWORK' };
    await changeAck(app, message, -1);
    app.cmd.trigger('send_refused', key, error.message);
    return { messageSendResult: 'ERROR_UNKNOWN' };
  }
};

const changeAck = (app: App, { key }: WireMessage, ack: 1 | -1): Promise<void> =>
  app.threads.keep(async (batch) => {
    const kept = await batch.change(key, (before) => (before.ack <= 0 ? { ...before, ack } : before));
    if (kept === undefined) return;
    batch.after(() => {
      if (app.threads.inMemory(kept) === undefined) return;
      const msg = app.threads.show(kept, false);
      if (ack === 1 && msg.isUnsentMedia === true) msg.set({ isUnsentMedia: false });
    });
  });

/** What was still waiting when the connection was lost, or the browser ended. The id makes it one message. */
export const resendUnsent = (app: App): void => {
  void (async () => {
    for (const kept of await app.storage.unsent()) if (kept.message.key.fromMe) await deliver(app, kept);
  })().catch(reportError);
};
