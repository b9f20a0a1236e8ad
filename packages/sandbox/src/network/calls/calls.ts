import { done, type Act } from '../act.ts';
import { chatFor, personFor } from '../chats/find-chat.ts';
import type { Core } from '../core.ts';
import { mayWrite } from '../messages/send.ts';
import { notice } from '../messages/notice.ts';
import { getAccount, getChat, peopleOf, type CallRecord } from '../records/network-state.ts';
import { SandboxRefusal } from '../refusal.ts';

/** It rings until it is answered, rejected, or ended. */
export const offer: Act<'call.offer'> = (core, { account }, { to, video }) => {
  const chat = chatFor(core, account, to);
  if (chat.kind === 'direct' && chat.of[0] === chat.of[1]) throw new SandboxRefusal('bad_request', 'You cannot call yourself.');
  mayWrite(core, account, chat);
  const id = core.random.hex(32);
  core.happen({ e: 'call.offered', id, caller: account, chat: chat.key, video });
  return { id };
};

const finish = (core: Core, { id, chat, caller, video }: CallRecord, { how, who }: { how: 'missed' | 'rejected' | 'answered'; who: string }): void => {
  core.happen({ e: 'call.ended', id, how, who });
  const [one = '', other = ''] = getChat(core.state, chat).of;
  const called = one === caller ? other : one;
  const unheard = chat.startsWith('d:') && getAccount(core.state, called).contacts.get(caller)?.blocked === true;
  notice(core, { chat, author: caller, notice: { kind: 'call', outcome: how, video }, ...(unheard ? { only: caller } : {}) });
};

const callFor = (core: Core, account: string, id: string): CallRecord => {
  const call = core.state.calls.get(id);
  if (call === undefined || !peopleOf(core.state, getChat(core.state, call.chat)).some((person) => person.account === account)) throw new SandboxRefusal('not_found', `No call ${id} is ringing.`);
  return call;
};

/** The caller gives up, or one who is called has answered it and hangs up. */
export const end: Act<'call.end'> = (core, { account }, { id }) => {
  const call = callFor(core, account, id);
  finish(core, call, { how: call.caller === account ? 'missed' : 'answered', who: account });
  return done;
};

export const reject: Act<'call.reject'> = (core, { account }, { caller, id }) => {
  const call = callFor(core, account, id);
  if (call.caller === account || personFor(core, caller).account !== call.caller) throw new SandboxRefusal('bad_request', `Call ${id} is not from ${caller}.`);
  finish(core, call, { how: 'rejected', who: account });
  return done;
};

export const makeLink: Act<'call.makeLink'> = (core, _actor, { kind }) => ({ url: `https://call.whatsapp.com/${kind}/${core.random.letters(22)}` });
