import type { Message } from '@waxos/contract/node-link/contents';
import type { Time } from '../time.ts';
import { drivePretendPage } from './drive-pretend-page.ts';
import { openPretendBrowser } from './open-pretend-browser.ts';
import type { PretendWorld } from './pretend-world.ts';

/** Nothing linked, nothing said, and all of it answers. */
const atFirst = (): Pick<PretendWorld, 'linked' | 'sends' | 'hung' | 'hears' | 'unreadable' | 'stubborn' | 'messages' | 'watched' | 'rejected' | 'picture' | 'sent' | 'opened' | 'pages' | 'destroyed' | 'restorable' | 'copyLinked' | 'replaced'> => ({
  linked: false,
  sends: 'answers',
  hung: new Set(),
  hears: true,
  unreadable: new Set(),
  stubborn: false,
  messages: [],
  watched: [],
  rejected: [],
  picture: true,
  sent: [],
  opened: [],
  pages: 0,
  destroyed: 0,
  restorable: false,
  copyLinked: true,
  replaced: 0,
});

export const openPretendWorld = (time: Time): PretendWorld => {
  const world: PretendWorld = {
    door: {
      open: async (wanted) => {
        world.opened.push(wanted);
        return openPretendBrowser(world);
      },
    },
    openDriver: (_browser, { tell }) => drivePretendPage(world, tell),
    ...atFirst(),
    browsers: new Set(),
    page: undefined,
    time,
    running: () => world.browsers.size,
    nowSeconds: () => Math.floor(time.now().getTime() / 1_000),
    becomeReady: () => {
      if (world.page === undefined) return;
      world.page.tell({ type: 'syncing', progress: 50 });
      world.page.ready = true;
      world.page.tell({ type: 'ready', me: { phone: '4917000001' }, pushName: 'Shop', platform: 'android', build: '2.3000.1' });
    },
    scan: () => {
      world.linked = true;
      world.page?.tell({ type: 'authenticating' });
      world.becomeReady();
    },
    tell: (event) => world.page?.tell(event),
    receive: (chat, text) => {
      const message: Message = { key: { chat, fromMe: false, id: `IN${world.messages.length + 1}` }, at: world.nowSeconds(), order: world.messages.length, content: { kind: 'text', text }, ack: 1 };
      world.messages.push(message);
      if (world.page?.ready === true && world.page.alive) world.page.tell({ type: 'message.seen', message, source: 'live' });
      return message;
    },
    tick: (id, ack) => {
      const found = world.messages.find(({ key }) => key.id === id);
      if (found === undefined) throw new Error('no such message');
      found.ack = ack;
      world.page?.tell({ type: 'message.acked', key: found.key, ack });
    },
    dieBrowser: () => {
      for (const one of world.browsers) one.end();
    },
    diePage: () => {
      if (world.page === undefined) return;
      world.page.alive = false;
      world.page.tell({ type: 'dead', what: 'page' });
    },
  };
  return world;
};
