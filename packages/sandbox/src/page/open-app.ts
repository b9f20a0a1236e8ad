import type { Stanza } from '../wire/stanzas.ts';
import type { App, MediaDoor, PageOptions } from './app.ts';
import { openDirectory } from './directory/open-directory.ts';
import { openLine } from './line/open-line.ts';
import { openBrowserInfo } from './linking/browser-info.ts';
import { runLink, type LinkLife } from './linking/run-link.ts';
import { openMedia } from './media/open-media.ts';
import type { ChatModel } from './models/chat.ts';
import { Collection } from './models/collection.ts';
import type { ContactModel } from './models/contact.ts';
import { Emitter } from './models/emitter.ts';
import { MsgModel } from './models/msg.ts';
import type { CallModel, LabelModel } from './models/small-models.ts';
import { ConnModel, SocketModel } from './models/socket.ts';
import { furnishChat } from './modules/chats.ts';
import { refOf } from './modules/message-refs.ts';
import { openPresences } from './presences/open-presences.ts';
import { applyStanzas } from './stanzas/apply-stanza.ts';
import { forgetLink, readLink, readRegistration } from './storage/keep-link.ts';
import { openStorage } from './storage/open-storage.ts';
import { openThreads } from './threads/open-threads.ts';

/** Before the network has said how many: what a chat has in memory after a restart. */
const inMemoryAtStart = 20;

/** Puts the page together. Nothing is sent before `start`. */
export const openApp = async (options: PageOptions): Promise<App & { start: () => void }> => {
  const storage = await openStorage();
  const known = readLink();
  const collections = makeCollections();
  const [socket, conn, cmd] = [new SocketModel(), new ConnModel(), new Emitter()];
  // The link needs the app and the app the link: the parts below ask for it when they run, never while it is made.
  const made: { life?: LinkLife; app?: App } = {};
  const life = (): LinkLife => demand(made.life);
  const app = (): App => demand(made.app);
  const link = () => made.life?.link() ?? known;
  const deaf = (): boolean => made.life?.manners().deaf === true;
  const directory = openDirectory({
    storage,
    contacts: collections.Contact,
    chats: collections.Chat,
    labels: collections.Label,
    channels: collections.Channel,
    me: () => link()?.me,
    furnish: (chat) => furnishChat(app(), chat),
    deaf,
  });
  const threads = await openThreads({ storage, messages: collections.Msg, directory, deaf });
  const media = fetchFor(openMedia(link), app);
  const line = openLine({ url: `wss://${location.host}/ws/device`, onUp: () => life().onUp(), onDown: () => life().onDown(), onFrame: (frame) => life().onFrame(frame) });

  made.app = {
    options,
    registration: readRegistration(options.build),
    storage,
    line,
    socket,
    conn,
    cmd,
    presences: openPresences({ cmd, chatAddress: directory.chatAddress, ask: (person) => line.act('presence.get', { person }), deaf }),
    offline: { progress: 0 },
    me: () => link()?.me,
    manners: () => life().manners(),
    threads,
    directory,
    collections,
    addons: makeAddons(),
    take: (stanzas: readonly Stanza[]) => applyStanzas(app(), stanzas),
    browserInfo: openBrowserInfo((name) => void line.send({ t: 'named', name })),
    refreshRefs: () => life().refreshRefs(),
    media,
    deaf,
    wipe: () => wipe({ storage, collections }),
  };
  made.life = runLink(made.app);
  connect(made.app, made.life);
  if (known !== undefined) conn.become(known.me);
  await directory.load();
  await threads.load(inMemoryAtStart);
  return Object.assign(made.app, {
    start: () => {
      socket.set({ state: 'OPENING' });
      line.redial();
    },
  });
};

/** What messages can do about their files. */
const fetchFor = (media: MediaDoor, app: () => App): MediaDoor => {
  MsgModel.fetching = (msg) => media.download(msg.directPath ?? '');
  MsgModel.reuploading = (msg) => app().line.act('message.reupload', { message: refOf(app(), msg) });
  return media;
};

/** What the models of the connection can do. */
const connect = ({ socket, conn, line }: App, life: LinkLife): void => {
  Object.assign(socket, { logout: life.logOut, reconnect: line.redial, takeover: life.takeOver });
  conn.canSetMyPushname = () => life.link() !== undefined;
};

const makeAddons = (): App['addons'] => ({ reactions: { bulkUpsert: () => undefined }, votes: { bulkUpsert: () => undefined } });

const makeCollections = (): App['collections'] => ({
  Msg: new Collection<MsgModel>(),
  Chat: new Collection<ChatModel>(),
  Contact: new Collection<ContactModel>(),
  Label: new Collection<LabelModel>(),
  Call: new Collection<CallModel>(),
  Channel: new Collection<ChatModel>(),
});

const wipe = async ({ storage, collections }: Pick<App, 'storage' | 'collections'>): Promise<void> => {
  forgetLink();
  await storage.wipe();
  for (const collection of Object.values(collections)) collection.reset();
};

const demand = <T>(part: T | undefined): T => {
  if (part === undefined) throw new Error('the page is not put together yet');
  return part;
};
