import { Readable } from 'node:stream';
import type { Ack, Message } from '@waxos/contract/node-link/contents';
import type { Chat } from '@waxos/contract/node-link/identities';
import type { Driver, DriverEvent, Sending } from '../../whatsapp/driver.ts';
import { chatKey } from '../catch-up/chat-key.ts';
import { pauseFor } from '../time.ts';
import type { Page, PretendWorld } from './pretend-world.ts';

const dead = (): Error => Object.assign(new Error('the page is gone'), { name: 'DriverDead' });
const refusal = (reason: string): Error => Object.assign(new Error(reason), { name: 'DriverRefusal', reason });
const never = <T>(): Promise<T> => new Promise(() => undefined);

const callMs = 30_000;

const alive = (world: PretendWorld, mine: Page): void => {
  if (!mine.alive || world.page !== mine) throw dead();
};

const store = (world: PretendWorld, { chat, id, content }: Sending, ack: Ack): Message => {
  const text = content.kind === 'text' ? content.text : content.kind;
  const message: Message = { key: { chat, fromMe: true, id }, at: world.nowSeconds(), order: world.messages.length, content: { kind: 'text', text }, ack };
  world.messages.push(message);
  return message;
};
const send = async (world: PretendWorld, mine: Page, sending: Sending): Promise<{ at: number }> => {
  alive(world, mine);
  if (world.time.now().getTime() > sending.notAfter) throw refusal('too_late');
  if (world.sends === 'refused') throw refusal('no_chat');
  world.sent.push(sending);
  if (world.sends !== 'lost') store(world, sending, world.sends === 'waits' ? 0 : 1);
  if (world.sends === 'answers') return { at: world.nowSeconds() };
  await pauseFor(world.time, callMs);
  throw dead();
};
const of = (world: PretendWorld, chat: Chat): Message[] => world.messages.filter(({ key }) => chatKey(key.chat) === chatKey(chat)).toSorted((a, b) => a.at - b.at);

/** Drives it as driver.ts says. */
export const drivePretendPage = (world: PretendWorld, tell: (event: DriverEvent) => void): Driver => {
  const { time } = world;
  const mine: Page = { ready: false, alive: true, tell };
  const call = async <T>(answer: () => T): Promise<T> => {
    alive(world, mine);
    return answer();
  };
  return {
    open: async () => {
      if (world.hung.has('open')) return never();
      Object.assign(mine, { ready: false, alive: true });
      world.page = mine;
      world.pages += 1;
      if (world.linked) world.becomeReady();
      else tell({ type: 'qr', qr: 'ref,keys', expiresAt: time.now().getTime() + 20_000 });
    },
    refreshQr: () => call(() => tell({ type: 'qr', qr: 'ref2,keys', expiresAt: time.now().getTime() + 20_000 })),
    requestCode: () => call(() => tell({ type: 'code', code: 'ABCD1234', expiresAt: time.now().getTime() + 60_000 })),
    logOut: () =>
      call(() => {
        world.linked = false;
      }),
    ping: () => (world.hung.has('ping') ? never() : call(() => undefined)),
    hears: () => (world.hung.has('hears') ? never() : call(() => world.hears)),
    send: (sending) => send(world, mine, sending),
    find: (chat, id) => call(() => of(world, chat).find(({ key }) => key.id === id && key.fromMe)),
    edit: () => call(() => undefined),
    revoke: () => call(() => undefined),
    react: () => call(() => undefined),
    markRead: () => call(() => undefined),
    showTyping: () => call(() => undefined),
    listChanged: (since) =>
      call(() => {
        const chats = new Map(world.messages.map(({ key }) => [chatKey(key.chat), key.chat]));
        return [...chats.values()].map((chat) => ({ chat, at: of(world, chat).at(-1)?.at ?? 0, unread: 0 })).filter(({ at }) => at >= since);
      }),
    readBack: (chat, { since, before = Number.MAX_SAFE_INTEGER, limit }) =>
      call(() => {
        if (world.unreadable.has(chatKey(chat))) throw new Error('a bad chat');
        return of(world, chat)
          .filter(({ at }) => at >= since && at < before)
          .slice(-limit);
      }),
    fetchMedia: () => call(() => ({ mimetype: 'image/png', bytes: Readable.from([Buffer.from('png')]) })),
    watchChat: (chat) => call(() => void world.watched.push(chat)),
    readGroup: (group) => call(() => ({ type: 'group.changed', group, subject: 'Regulars' })),
    rejectCall: ({ id }) => call(() => void world.rejected.push(id)),
    fetchPicture: () => call(() => (world.picture ? { mimetype: 'image/jpeg', bytes: Readable.from([Buffer.from('jpeg')]) } : 'none')),
    readDocument: () => call(() => undefined),
    collectGarbage: () => call(() => undefined),
    screenshot: () => call(() => Buffer.from('shot')),
  };
};
