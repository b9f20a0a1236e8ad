import type { Act } from '../act.ts';
import { messageFor } from '../chats/find-chat.ts';
import type { Receipt } from '../records/message-record.ts';
import { getAccount, getChat } from '../records/network-state.ts';
import { SandboxRefusal } from '../refusal.ts';
import { personIn } from '../stanzas/addresses.ts';
import { secondsOf } from '../stanzas/wire-key.ts';

export const info: Act<'message.info'> = (core, { account }, { message: ref }) => {
  const message = messageFor(core, account, ref);
  if (message.author !== account) throw new SandboxRefusal('not_allowed', 'Only who wrote a message learns who has read it.');
  const place = { viewer: getAccount(core.state, account), chat: getChat(core.state, message.chat) };
  const seen = (what: keyof Receipt): { who: string; at: number }[] =>
    [...(message.receipts ?? [])].flatMap(([who, receipt]) => (receipt[what] === 0 ? [] : [{ who: personIn(core.state, place, getAccount(core.state, who)), at: secondsOf(receipt[what]) }]));
  return { delivered: seen('deliveredAt'), read: seen('readAt'), played: seen('playedAt') };
};
