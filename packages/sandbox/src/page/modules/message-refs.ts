import type { MessageRef } from '../../acts/message-acts.ts';
import type { WireKey } from '../../wire/stanzas.ts';
import type { App } from '../app.ts';
import type { MsgModel } from '../models/msg.ts';

/** A message's key as stanzas write it. */
export const wireKey = ({ id }: MsgModel): WireKey => ({ chat: id.remote.toString(), id: id.id, fromMe: id.fromMe, ...(id.participant === undefined ? {} : { participant: id.participant.toString() }) });

/** A message as acts name it. */
export const refOf = ({ directory }: App, { id }: MsgModel): MessageRef => {
  const author = id.participant ?? (id.fromMe ? directory.myPhone() : id.remote);
  return { chat: id.remote.toString(), id: id.id, ...(author === undefined ? {} : { author: author.toString() }) };
};

export const nowInSeconds = (): number => Math.floor(Date.now() / 1_000);
