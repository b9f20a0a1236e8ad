import type { Directory } from '../directory/open-directory.ts';
import type { Collection } from '../models/collection.ts';
import { MsgModel } from '../models/msg.ts';
import type { KeptMessage } from '../storage/open-storage.ts';
import { messageAttributes } from './message-attributes.ts';

export interface MemoryOptions {
  messages: Collection<MsgModel>;
  directory: Directory;
  deaf: () => boolean;
}

/** The messages that have models. */
export interface Memory {
  /** Makes a kept message's model, or brings it up to date. `isNew` makes the listeners hear of it. */
  show: (kept: KeptMessage, isNew: boolean) => MsgModel;
  forget: (kept: KeptMessage) => void;
}

/** More than this stays in storage only: those that came first make room, and nobody is told. */
const inMemoryMax = 5_000;

export const openMemory = ({ messages, directory, deaf }: MemoryOptions): Memory => {
  const place = (msg: MsgModel, silent: boolean): void => {
    const chat = directory.chatFor(msg.id.remote);
    chat.msgs.add(msg, { silent });
    if ((msg.rowId ?? 0) >= (messages.get(chat.lastReceivedKey)?.rowId ?? 0)) chat.lastReceivedKey = msg.id;
    messages.add(msg, { silent });
    if (messages.length > inMemoryMax) makeRoom();
  };
  const makeRoom = (): void => {
    const [oldest] = messages._models;
    if (oldest === undefined) return;
    directory.chatFor(oldest.id.remote).msgs.remove(oldest.id, { silent: true });
    messages.remove(oldest.id, { silent: true });
  };

  const show = (kept: KeptMessage, isNew: boolean): MsgModel => {
    const attributes = messageAttributes(kept.message, kept.row);
    const known = messages.get(kept.key);
    if (known !== undefined) {
      const { id: _, ...rest } = attributes;
      return deaf() ? Object.assign(known, rest) : known.set(changedOnly(known, rest));
    }
    const msg = new MsgModel({ ...attributes, isNewMsg: isNew });
    place(msg, deaf());
    return msg;
  };

  return {
    show,
    forget: (kept) => {
      const msg = messages.get(kept.key);
      if (msg === undefined) return;
      directory.chatFor(msg.id.remote).msgs.remove(msg.id, { silent: true });
      messages.remove(msg.id, { silent: deaf() });
    },
  };
};

/** Ids and lists are made anew each time; what is written the same has not changed. */
const changedOnly = (msg: MsgModel, attributes: Record<string, unknown>): Partial<MsgModel> => {
  const changed = Object.entries(attributes).filter(([name, value]) => {
    const before: unknown = Reflect.get(msg, name);
    return !Object.is(before, value) && (typeof value !== 'object' || JSON.stringify(before) !== JSON.stringify(value));
  });
  return Object.fromEntries(changed);
};
