import type { Core, Typing } from '../core.ts';
import { chatFor } from '../chats/find-chat.ts';
import { getAccount, peopleOf } from '../records/network-state.ts';
import { SandboxRefusal } from '../refusal.ts';
import { chatAddressFor, personIn } from '../stanzas/addresses.ts';

/** Whoever says no more of it has stopped. */
const TYPING_MS = 25_000;

/** Shown to the others of the chat while it lasts; kept nowhere. */
export const showTyping = (core: Core, account: string, { chat: address, state }: { chat: string; state: Typing }): void => {
  const me = getAccount(core.state, account);
  const chat = findQuietly(core, account, address);
  if (chat === undefined) return;
  const here = core.passing.typing.get(chat.key) ?? new Map<string, { state: Typing; at: number }>();
  core.passing.typing.set(chat.key, here);
  const now = { state, at: core.now() };
  if (state === 'paused') here.delete(account);
  else {
    here.set(account, now);
    core.after(TYPING_MS, () => {
      if (here.get(account) !== now) return;
      here.delete(account);
      for (const other of peopleOf(core.state, chat)) core.touch(other.account);
    });
  }
  for (const other of peopleOf(core.state, chat)) {
    if (other === me || other.contacts.get(account)?.blocked === true) continue;
    core.live(other.account, { l: 'typing', chat: chatAddressFor(core.state, other, chat), from: personIn(core.state, { viewer: other, chat }, me), state });
    core.touch(other.account);
  }
};

/** Whoever types to nobody is no reason for a quarrel. */
const findQuietly = (core: Core, account: string, address: string): ReturnType<typeof chatFor> | undefined => {
  try {
    return chatFor(core, account, address);
  } catch (error) {
    if (error instanceof SandboxRefusal) return undefined;
    throw error;
  }
};
