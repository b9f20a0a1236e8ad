import { waitFor } from '@waxos/process/poll';
import type { ActArgs, ActName } from '../../acts/acts.ts';
import type { Jid } from '../../acts/addresses.ts';
import type { Content, MessageContext } from '../../acts/contents.ts';
import type { Network } from '../../network/network.ts';
import type { AccountView, ChatView, ThreadPage } from '../../network/phone-view.ts';
import type { ActValue } from '../../wire/results.ts';

export type Seen = ThreadPage['messages'][number];

/** A pretend phone in somebody's hand. */
export interface Phone {
  readonly account: string;
  readonly name: string;
  /** Digits. */
  readonly number: string;
  readonly byPhone: Jid;
  readonly byLid: Jid;
  /** The one of both that its chats go by for everyone else. */
  readonly address: Jid;
  /** Whether that is one of its two addresses. */
  is: (address: string | undefined) => boolean;
  act: <N extends ActName>(name: N, args: ActArgs<N>) => ActValue<N>;
  /** Sends a text; answers its id. */
  say: (to: Jid, text: string, context?: MessageContext) => string;
  /** Sends anything; answers its id. */
  send: (to: Jid, content: Content, context?: MessageContext) => string;
  view: () => AccountView;
  thread: (chat: Jid) => Seen[];
  /** Waits until a message of the thread is as it should be. */
  until: (chat: Jid, isIt: (message: Seen) => boolean, what: string) => Promise<Seen>;
  untilChat: (chat: Jid, isIt: (chat: ChatView) => boolean, what: string) => Promise<ChatView>;
  /** Waits until the thread holds this text. */
  untilText: (chat: Jid, text: string) => Promise<Seen>;
}

const timeoutMs = 10_000;

export const holdPhone = (network: Network, account: AccountView): Phone => {
  const { account: lid, name } = account;
  const number = account.phone.replace(/@.*/, '');
  const act: Phone['act'] = (actName, args) => network.perform({ account: lid, by: 'phone' }, actName, args);
  const view = (): AccountView => {
    const found = network.accounts().find(({ account: id }) => id === lid);
    if (found === undefined) throw new Error(`there is no account ${lid}`);
    return network.view(lid);
  };
  const thread = (chat: Jid): Seen[] => network.thread(lid, chat, { limit: 100 }).messages;
  const until: Phone['until'] = (chat, isIt, what) => waitFor(() => thread(chat).find(isIt), { timeoutMs, what: `${what} on the phone of ${name}` });
  const byPhone = `${number}@c.us`;
  const byLid = `${lid}@lid`;
  const send: Phone['send'] = (to, content, context) => act('message.send', { chat: to, content, ...(context === undefined ? {} : { context }) }).id;
  return {
    account: lid,
    name,
    number,
    byPhone,
    byLid,
    address: account.addressing === 'lid' ? byLid : byPhone,
    is: (address) => address === byPhone || address === byLid,
    act,
    send,
    say: (to, text, context) => send(to, { kind: 'text', text }, context),
    view,
    thread,
    until,
    untilText: (chat, text) => until(chat, ({ content }) => content.kind === 'text' && content.text === text, `the text '${text}'`),
    untilChat: (chat, isIt, what) => waitFor(() => view().chats.find((one) => one.id === chat && isIt(one)), { timeoutMs, what: `${what} on the phone of ${name}` }),
  };
};
