import type { Core, Typing } from '../core.ts';
import { chatFor } from '../chats/find-chat.ts';
import { getAccount, peopleOf } from '../records/network-state.ts';
import { SandboxRefusal } from '../refusal.ts';
import { chatAddressFor, personIn } from '../stanzas/addresses.ts';

/** Shown to the others of the chat while it lasts; kept nowhere. */
export const showTyping = (core: Core, account: string, { chat: address, state }: { chat: string; state: Typing }): void => {
  const me = getAccount(core.state, account);
  const chat = findQuietly(core, account, address);
  if (chat === undefined) return;
  const here = core.passing.typing.get(chat.key) ?? new Map<string, { state: Typing; at: number }>();
  core.passing.typing.set(chat.key, here);
  if (state === 'paused') here.delete(account);
  else here.set(account, { state, at: core.now() });
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
