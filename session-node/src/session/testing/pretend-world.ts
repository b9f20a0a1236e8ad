import { Readable } from 'node:stream';
import type { Ack, Message } from '@waxos/contract/node-link/contents';
import type { Chat } from '@waxos/contract/node-link/identities';
import type { BrowserDoor, RunningBrowser, WantedBrowser } from '../../browser/browser-door.ts';
import type { DrivenBrowser, Driver, DriverEvent, OpenDriver, Sending } from '../../whatsapp/driver.ts';
import { chatKey } from '../catch-up/chat-key.ts';
import { pauseFor, type Time } from '../time.ts';

/** How a send goes: lost and stored both end without an answer. */
type SendMode = 'answers' | 'lost' | 'stored' | 'waits' | 'refused';

/** A phone, its network and the browsers that show it: all that a session sees of the world, and nothing of it real. */
export interface PretendWorld {
  door: Pick<BrowserDoor, 'open'>;
  openDriver: OpenDriver;
  linked: boolean;
  sends: SendMode;
  /** Answers to these never come. */
  hung: Set<'ping' | 'hears' | 'open'>;
  hears: boolean;
  /** Reading these fails. */
  unreadable: Set<string>;
  /** Browsers do not close when asked. */
  stubborn: boolean;
  messages: Message[];
  sent: Sending[];
  opened: WantedBrowser[];
  pages: number;
  destroyed: number;
  running: () => number;
  scan: () => void;
  tell: (event: DriverEvent) => void;
  /** A message comes in; told if a page listens. */
  receive: (chat: Chat, text: string) => Message;
  tick: (id: string, ack: Ack) => void;
  dieBrowser: () => void;
  diePage: () => void;
}

interface Page {
  ready: boolean;
  alive: boolean;
  tell: (event: DriverEvent) => void;
}

const dead = (): Error => Object.assign(new Error('the page is gone'), { name: 'DriverDead' });
const refusal = (reason: string): Error => Object.assign(new Error(reason), { name: 'DriverRefusal', reason });
const never = <T>(): Promise<T> => new Promise(() => undefined);

const callMs = 30_000;

export const openPretendWorld = (time: Time): PretendWorld => {
  const browsers = new Set<{ end: () => void }>();
  let page: Page | undefined;
  const nowSeconds = (): number => Math.floor(time.now().getTime() / 1_000);
  const alive = (mine: Page): void => {
    if (!mine.alive || page !== mine) throw dead();
  };
  const becomeReady = (): void => {
    if (page === undefined) return;
    page.tell({ type: 'syncing', progress: 50 });
    page.ready = true;
    page.tell({ type: 'ready', me: { phone: '4917000001' }, pushName: 'Shop', platform: 'android', build: '2.3000.1' });
  };

  const world: PretendWorld = {
    door: {
      open: async (wanted) => {
        world.opened.push(wanted);
        let gone: () => void = () => undefined;
        const ended = new Promise<void>((resolve) => {
          gone = resolve;
        });
        const one = {
          end: () => {
            browsers.delete(one);
            if (page !== undefined) page.alive = false;
            gone();
          },
        };
        browsers.add(one);
        const browser: RunningBrowser = {
          pid: 1,
          handle: undefined,
          profileDir: '/nowhere',
          measureBytes: async () => 100_000_000,
          gone: ended,
          close: async (options) => {
            if (world.stubborn) return never();
            if (options?.profile === 'destroy') {
              world.destroyed += 1;
              world.linked = false;
            }
            one.end();
            return 'clean';
          },
          kill: async () => one.end(),
        };
        return browser;
      },
    },
    openDriver: (_browser: DrivenBrowser, { tell }) => asDriver(tell),
    linked: false,
    sends: 'answers',
    hung: new Set(),
    hears: true,
    unreadable: new Set(),
    stubborn: false,
    messages: [],
    sent: [],
    opened: [],
    pages: 0,
    destroyed: 0,
    running: () => browsers.size,
    scan: () => {
      world.linked = true;
      page?.tell({ type: 'authenticating' });
      becomeReady();
    },
    tell: (event) => page?.tell(event),
    receive: (chat, text) => {
      const message: Message = { key: { chat, fromMe: false, id: `IN${world.messages.length + 1}` }, at: nowSeconds(), order: world.messages.length, content: { kind: 'text', text }, ack: 1 };
      world.messages.push(message);
      if (page?.ready === true && page.alive) page.tell({ type: 'message.seen', message, source: 'live' });
      return message;
    },
    tick: (id, ack) => {
      const found = world.messages.find(({ key }) => key.id === id);
      if (found === undefined) throw new Error('no such message');
      found.ack = ack;
      page?.tell({ type: 'message.acked', key: found.key, ack });
    },
    dieBrowser: () => {
      for (const one of browsers) one.end();
    },
    diePage: () => {
      if (page === undefined) return;
      page.alive = false;
      page.tell({ type: 'dead', what: 'page' });
    },
  };

  const store = ({ chat, id, content }: Sending, ack: Ack): Message => {
    const text = content.kind === 'text' ? content.text : content.kind;
    const message: Message = { key: { chat, fromMe: true, id }, at: nowSeconds(), order: world.messages.length, content: { kind: 'text', text }, ack };
    world.messages.push(message);
    return message;
  };
  const send = async (mine: Page, sending: Sending): Promise<{ at: number }> => {
    alive(mine);
    if (time.now().getTime() > sending.notAfter) throw refusal('too_late');
    if (world.sends === 'refused') throw refusal('no_chat');
    world.sent.push(sending);
    if (world.sends !== 'lost') store(sending, world.sends === 'waits' ? 0 : 1);
    if (world.sends === 'answers') return { at: nowSeconds() };
    await pauseFor(time, callMs);
    throw dead();
  };
  const of = (chat: Chat): Message[] => world.messages.filter(({ key }) => chatKey(key.chat) === chatKey(chat)).toSorted((a, b) => a.at - b.at);

  const asDriver = (tell: (event: DriverEvent) => void): Driver => {
    const mine: Page = { ready: false, alive: true, tell };
    const call = async <T>(answer: () => T): Promise<T> => {
      alive(mine);
      return answer();
    };
    return {
      open: async () => {
        if (world.hung.has('open')) return never();
        Object.assign(mine, { ready: false, alive: true });
        page = mine;
        world.pages += 1;
        if (world.linked) becomeReady();
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
      send: (sending) => send(mine, sending),
      find: (chat, id) => call(() => of(chat).find(({ key }) => key.id === id && key.fromMe)),
      edit: () => call(() => undefined),
      revoke: () => call(() => undefined),
      react: () => call(() => undefined),
      markRead: () => call(() => undefined),
      showTyping: () => call(() => undefined),
      listChanged: (since) =>
        call(() => {
          const chats = new Map(world.messages.map(({ key }) => [chatKey(key.chat), key.chat]));
          return [...chats.values()].map((chat) => ({ chat, at: of(chat).at(-1)?.at ?? 0, unread: 0 })).filter(({ at }) => at >= since);
        }),
      readBack: (chat, { since, before = Number.MAX_SAFE_INTEGER, limit }) =>
        call(() => {
          if (world.unreadable.has(chatKey(chat))) throw new Error('a bad chat');
          return of(chat)
            .filter(({ at }) => at >= since && at <= before)
            .slice(-limit);
        }),
      fetchMedia: () => call(() => ({ mimetype: 'image/png', bytes: Readable.from([Buffer.from('png')]) })),
      collectGarbage: () => call(() => undefined),
      screenshot: () => call(() => new Uint8Array()),
    };
  };
  return world;
};
