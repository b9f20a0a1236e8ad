import type { Wid } from '../ids/wid.ts';
import { Collection } from './collection.ts';
import { Model } from './model.ts';

export type ChatStateType = 'available' | 'unavailable' | 'composing' | 'recording';

/** What one person does in one chat. Of somebody who is away, `t` is since when. */
export class ChatState extends Model {
  id: Wid;
  declare type?: ChatStateType;
  declare t?: number;

  constructor(id: Wid) {
    super();
    this.id = id;
  }
}

/** WAWebCollections.Presence: of a person, or in a group of each member. */
export class PresenceModel extends Model {
  id: Wid;
  isOnline = false;
  isSubscribed = false;
  hasData = false;
  chatstate: ChatState;
  chatstates = new Collection<ChatState>();
  declare subscribe: () => Promise<void>;

  constructor(id: Wid) {
    super();
    this.id = id;
    this.chatstate = new ChatState(id);
  }

  /** Told as WhatsApp tells it: of the state within, with the state itself. */
  become(who: Wid, type: ChatStateType, t?: number): void {
    const state = this.id.isGroup() ? (this.chatstates.get(who) ?? this.chatstates.add(new ChatState(who))) : this.chatstate;
    const before = state.type;
    this.hasData = true;
    state.set({ type, ...(t === undefined ? {} : { t }) } as Partial<ChatState>);
    if (!this.id.isGroup()) this.set({ isOnline: type !== 'unavailable' } as Partial<this>);
    if (before !== type) this.trigger('change:chatstate.type', state);
  }
}
