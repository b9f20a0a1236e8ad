import type { Live } from '../../wire/frames.ts';
import { createWid, type Wid } from '../ids/wid.ts';
import { Collection } from '../models/collection.ts';
import type { Emitter } from '../models/emitter.ts';
import { PresenceModel } from '../models/presence.ts';

export interface Presences {
  collection: Collection<PresenceModel>;
  of: (chat: unknown) => PresenceModel;
}

/** Whoever says no more of it has stopped. */
const typingMs = 25_000;

interface PresenceOptions {
  cmd: Emitter;
  /** The address that the person's chat goes by. */
  chatAddress: (wid: Wid) => Wid;
  ask: (person: string) => Promise<{ available: boolean; lastSeen?: number }>;
  deaf: () => boolean;
}

/** Who is there and who types, of the chats that somebody has asked about; kept nowhere. */
export const openPresences = ({ cmd, chatAddress, ask, deaf }: PresenceOptions): Presences => {
  const collection = new Collection<PresenceModel>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const of = (chat: unknown): PresenceModel => {
    const id = chatAddress(createWid(chat));
    const known = collection.get(id);
    if (known !== undefined) return known;
    const made = collection.add(new PresenceModel(id));
    made.subscribe = () => subscribe(made, ask);
    return made;
  };
  const watched = (chat: string): PresenceModel | undefined => {
    const found = collection.get(chatAddress(createWid(chat)));
    return found?.isSubscribed === true && !deaf() ? found : undefined;
  };
  const type = ({ chat, from, state }: Extract<Live, { l: 'typing' }>): void => {
    const presence = watched(chat);
    if (presence === undefined) return;
    const who: Wid = createWid(from);
    const timer = `${chat} ${from}`;
    clearTimeout(timers.get(timer));
    presence.become(who, state === 'typing' ? 'composing' : state === 'recording' ? 'recording' : 'available');
    if (state !== 'paused') timers.set(timer, setTimeout(() => presence.become(who, 'available'), typingMs));
  };
  const show = ({ of: whom, available, lastSeen }: Extract<Live, { l: 'present' }>): void => watched(whom)?.become(createWid(whom), available ? 'available' : 'unavailable', lastSeen);
  cmd.on('live_typing', (live) => type(live as Extract<Live, { l: 'typing' }>));
  cmd.on('live_present', (live) => show(live as Extract<Live, { l: 'present' }>));
  return { collection, of };
};

const subscribe = async (presence: PresenceModel, ask: PresenceOptions['ask']): Promise<void> => {
  presence.isSubscribed = true;
  if (!presence.id.isUser()) return;
  const { available, lastSeen } = await ask(presence.id.toString());
  // Who never was there has no state yet.
  if (available || lastSeen !== undefined) presence.become(presence.id, available ? 'available' : 'unavailable', lastSeen);
};
