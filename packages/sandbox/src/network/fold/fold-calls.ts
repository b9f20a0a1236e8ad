import type { WireCall } from '../../wire/stanzas.ts';
import type { AccountRecord } from '../records/account-record.ts';
import { getAccount, openChat, peopleOf, sideOf, type CallRecord } from '../records/network-state.ts';
import { addressOf, personIn } from '../stanzas/addresses.ts';
import { secondsOf } from '../stanzas/wire-key.ts';
import { introduce } from './tell-about-person.ts';
import type { Folds, World } from './world.ts';

export const foldCalls: Folds<'call.offered' | 'call.ended'> = {
  'call.offered': (world, { id, caller, chat, video, at }) => {
    const call: CallRecord = { id, caller, chat, video, at };
    world.state.calls.set(id, call);
    tellCall(world, call, { state: 'ringing', at });
  },
  'call.ended': (world, { id, at }) => {
    const call = world.state.calls.get(id);
    if (call === undefined) return;
    world.state.calls.delete(id);
    tellCall(world, call, { state: 'ended', at });
  },
};

/** It rings everywhere but where the caller is blocked. */
const tellCall = (world: World, call: CallRecord, now: Pick<WireCall, 'state' | 'at'>): void => {
  const chat = openChat(world.state, call.chat);
  const caller = getAccount(world.state, call.caller);
  const people = peopleOf(world.state, chat);
  for (const viewer of people) {
    if (viewer.contacts.get(call.caller)?.blocked === true) continue;
    sideOf(viewer, chat);
    introduce(world, viewer, caller);
    world.tell(viewer, () => ({ s: 'call', call: wireCall(viewer) }));
  }
  function wireCall(viewer: AccountRecord): WireCall {
    return {
      id: call.id,
      from: viewer === caller ? personIn(world.state, { viewer, chat }, caller) : addressOf(viewer, caller),
      video: call.video,
      group: chat.kind === 'group',
      outgoing: viewer === caller,
      at: secondsOf(now.at),
      state: now.state,
      participants: people.filter((person) => person !== caller).map((person) => personIn(world.state, { viewer, chat }, person)),
    };
  }
};
