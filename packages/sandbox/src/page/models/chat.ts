import type { WireChat } from '../../wire/stanzas.ts';
import type { MsgKey } from '../ids/msg-key.ts';
import type { Wid } from '../ids/wid.ts';
import { Collection } from './collection.ts';
import type { ContactModel } from './contact.ts';
import type { GroupMetadata } from './group-metadata.ts';
import { Model } from './model.ts';
import type { PresenceModel } from './presence.ts';
import type { MsgModel } from './msg.ts';
import { MuteModel } from './small-models.ts';

/** A thread with a person or group. `msgs` holds what is in memory; the rest is in storage. */
export class ChatModel extends Model {
  id: Wid;
  t = 0;
  unreadCount = 0;
  archive = false;
  pin = 0;
  muteExpiration = 0;
  labels: string[] = [];
  isReadOnly = false;
  ephemeralDuration = 0;
  /** 0: the phone may have older messages than were sent at link. */
  endOfHistoryTransferType = 0;
  mute = new MuteModel();
  declare name?: string;
  declare formattedTitle: string;
  declare groupMetadata?: GroupMetadata;
  declare lastReceivedKey?: MsgKey;
  declare readonly presence: PresenceModel;
  /** As they stand in the thread, whenever they were read from storage. */
  #msgs = new Collection<MsgModel>(({ rowId }) => rowId ?? Infinity);
  #contact: ContactModel | undefined;

  constructor(id: Wid) {
    super();
    this.id = id;
    this.formattedTitle = id.user;
  }

  get msgs(): Collection<MsgModel> {
    return this.#msgs;
  }

  get contact(): ContactModel | undefined {
    return this.#contact;
  }

  met(contact: ContactModel): void {
    this.#contact = contact;
  }

  get isGroup(): boolean {
    return this.id.isGroup();
  }

  /** By either of one's own addresses. */
  iAmAdmin(): boolean {
    return this.groupMetadata?.participants.getModelsArray().some(({ id, isAdmin, isSuperAdmin }) => (isAdmin || isSuperAdmin) && this.isMe(id)) ?? false;
  }

  declare isMe: (id: Wid) => boolean;

  /** The keys of what is in memory stand for the messages: the library only asks how many there are. */
  override serialize(): Record<string, unknown> {
    return { ...super.serialize(), mute: { expiration: this.mute.expiration }, msgs: this.#msgs.getModelsArray().map(({ id }) => id.toString()) };
  }
}

export const chatAttributes = (wire: WireChat): Partial<ChatModel> => ({
  t: wire.at,
  unreadCount: wire.markedUnread === true && wire.unread === 0 ? -1 : wire.unread,
  archive: wire.archived === true,
  pin: wire.pinnedAt ?? 0,
  muteExpiration: wire.mutedUntil ?? 0,
  labels: wire.labels ?? [],
  ephemeralDuration: wire.disappearsAfter ?? 0,
  ...(wire.name === undefined ? {} : { name: wire.name, formattedTitle: wire.name }),
});
