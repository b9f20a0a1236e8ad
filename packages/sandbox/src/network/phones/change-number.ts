import { done, type Act } from '../act.ts';
import { notice } from '../messages/notice.ts';
import { getAccount } from '../records/network-state.ts';
import { SandboxRefusal } from '../refusal.ts';
import { knowsNumber, otherOf, phoneAddress } from '../stanzas/addresses.ts';

/** The number changes, the LID stays; whoever chats with it finds a notice. */
export const changeNumber: Act<'phone.changeNumber'> = (core, { account }, { phone }) => {
  const me = getAccount(core.state, account);
  if (me.phone === phone) return done;
  if (core.state.byPhone.has(phone)) throw new SandboxRefusal('conflict', `The number ${phone} is taken. Choose another one.`);
  const from = phoneAddress(me);
  core.happen({ e: 'account.changed', account, phone });
  for (const { chat } of me.sides.values()) {
    if (chat.kind !== 'direct') continue;
    const other = otherOf(core.state, me, chat);
    if (other === me || other.removed || !other.sides.has(chat.key) || !knowsNumber(other, me)) continue;
    notice(core, { chat: chat.key, author: account, only: other.account, notice: { kind: 'number', from, to: phoneAddress(me) } });
  }
  return done;
};

export const setAddressing: Act<'phone.addressing'> = (core, { account }, { addressing }) => {
  if (getAccount(core.state, account).addressing !== addressing) core.happen({ e: 'account.changed', account, addressing });
  return done;
};
