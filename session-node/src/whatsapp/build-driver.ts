import type { Message } from '@waxos/contract/node-link/contents';
import type { Chat } from '@waxos/contract/node-link/identities';
import { DriverDead, DriverRefusal, type Driver, type DriverEvent, type GroupChanged } from './driver.ts';
import { fetchMedia } from './fetch-media.ts';
import { fetchPicture } from './fetch-picture.ts';
import { toGroup } from './map-people.ts';
import type { LinkJudge } from './judge-link.ts';
import { ackOf, mapMessage } from './map-message.ts';
import type { PageDoor } from './page-door.ts';
import { actOnChat, actOnMessage, rejectCall, type ChatAct, type MessageAct } from './page-scripts/act.ts';
import { findSent } from './page-scripts/find-sent.ts';
import type { Page } from './page-scripts/page.ts';
import { listChanged, readBack } from './page-scripts/read-back.ts';
import { readGroup } from './page-scripts/install-groups.ts';
import { watchPresence } from './page-scripts/watch-presence.ts';
import { sendMessage } from './send-message.ts';

export interface OpenedPage {
  door: PageDoor;
  judge: LinkJudge;
  client: { requestPairingCode: (phone: string, showNotification?: boolean) => Promise<string> };
  profileDir: string;
  hears: () => Promise<boolean>;
  readDocument: Driver['readDocument'];
  forgetDocument: () => Promise<void>;
  load: () => Promise<void>;
}

/** A page that waits for whoever wants it. */
export interface Preloaded {
  page: OpenedPage;
  /** It showed QRs, and nothing else came of it. */
  isGood: () => boolean;
  /** Tells from now on what comes of it, and at once the QR that it shows; answers whether there is one. */
  handOver: (tell: (event: DriverEvent) => void) => boolean;
}

/** The calls of the port, each an evaluation in the page that is open. */
export const buildDriver = (open: () => Promise<void>, opened: () => OpenedPage): Driver => {
  // One send at a time: the id is given to the library for just that one.
  let sending: Promise<unknown> = Promise.resolve();
  const toMessage = async (wanted: MessageAct): Promise<void> => void (await opened().door.ask(actOnMessage, wanted));
  const toChat = async (wanted: ChatAct): Promise<void> => void (await opened().door.ask(actOnChat, wanted));
  return {
    open,
    hears: () => opened().hears(),
    refreshQr: async () => {
      opened().judge.refreshed();
      await opened().door.run(() => void (globalThis as unknown as Page).require('WAWebCmd').Cmd.refreshQR(), undefined);
    },
    requestCode: async (phone) => void (await opened().door.within(() => opened().client.requestPairingCode(phone), 30_000)),
    logOut: async () => {
      await opened().door.run(() => (globalThis as unknown as Page).require('WAWebSocketModel').Socket.logout(), undefined).catch(forgiveNavigation);
      opened().judge.loggedOut();
    },
    ping: async () => {
      const state = await opened().door.run(() => (globalThis as unknown as Page).require('WAWebSocketModel').Socket.state, undefined);
      if (typeof state !== 'string') throw new DriverDead('the page has no state');
    },
    send: (wanted) => {
      const sent = sending.then(() => sendMessage(opened().door, opened().profileDir, wanted));
      sending = sent.catch(() => undefined);
      return sent;
    },
    find: async (chat, id) => {
      const found = await opened().door.run(findSent, { chat, id, untilMs: 0 });
      return found === null ? undefined : { ack: ackOf(found.ack), at: found.at };
    },
    edit: (key, text) => toMessage({ act: 'edit', key, text }),
    revoke: (key) => toMessage({ act: 'revoke', key }),
    react: (key, emoji) => toMessage({ act: 'react', key, emoji }),
    markRead: (chat) => toChat({ act: 'read', chat }),
    showTyping: (chat, state) => toChat({ act: 'type', chat, state }),
    watchChat: (chat) => opened().door.run(watchPresence, { chat, forMs: watchMs }),
    readGroup: (group) => readOneGroup(opened().door, group),
    rejectCall: async (call) => void (await opened().door.ask(rejectCall, call)),
    listChanged: (since) => opened().door.run(listChanged, since),
    readBack: (chat, page) => readPage(opened().door, chat, page),
    fetchMedia: (key, signal) => fetchMedia(opened().door, key, signal),
    fetchPicture: (chat, signal) => fetchPicture(opened().door, chat, signal),
    readDocument: () => opened().readDocument(),
    collectGarbage: async () => {
      const { door, forgetDocument } = opened();
      await forgetDocument();
      const session = await door.debug();
      await door.within(() => session.send('HeapProfiler.collectGarbage'));
    },
    screenshot: () => opened().door.within(() => opened().door.page.screenshot({ type: 'png' })),
  };
};

/** A page that logs itself out may go elsewhere before it answers. */
const forgiveNavigation = (error: unknown): void => {
  if (!(error instanceof DriverRefusal) && !(error instanceof DriverDead)) throw error;
};

/** As long as somebody looks at a chat without doing anything in it. */
const watchMs = 300_000;

const readOneGroup = async (door: PageDoor, group: string): Promise<GroupChanged> => {
  const read = toGroup(await door.run(readGroup, group));
  if (read === undefined) throw new DriverRefusal('no_chat', 'there is no such group');
  return read;
};

const historyMs = 60_000;

/** A message that cannot be read at all is left out, and the rest of its chat is there. */
const readPage = async (door: PageDoor, chat: Chat, { since, before, limit }: { since: number; before?: number; limit: number }): Promise<Message[]> => {
  const found = await door.run(readBack, { chat, since, before: before ?? Number.MAX_SAFE_INTEGER, limit }, historyMs);
  return (found ?? []).flatMap((raw) => mapMessage(raw)?.message ?? []);
};
