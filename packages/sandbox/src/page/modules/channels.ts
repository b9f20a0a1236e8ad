import type { App, ModuleTable } from '../app.ts';
import { createWid, type Wid } from '../ids/wid.ts';
import type { ChatModel } from '../models/chat.ts';
import { Model } from '../models/model.ts';

/** What a follower knows of a channel: the sandbox says no more of it than its name. */
class ChannelMetadata extends Model {
  id: Wid;
  name: string;
  creationTime: number;
  description = '';
  membershipType = 'subscriber';
  verified = false;

  constructor({ id, name, t }: ChatModel) {
    super();
    this.id = id;
    this.name = name ?? id.user;
    this.creationTime = t;
  }
}

const notePrefix = 'channel:';

/** Channels stand among no chats, so their names are kept beside them and come back with the page. */
const remember = (app: App, chat: ChatModel): Promise<void> => app.storage.write([{ store: 'notes', put: { name: `${notePrefix}${chat.id.toString()}`, value: { name: chat.name, t: chat.t } } }]);

const recall = async (app: App): Promise<void> => {
  for (const { name, value } of await app.storage.all('notes')) {
    if (!name.startsWith(notePrefix) || typeof value !== 'object' || value === null || !('name' in value) || !('t' in value)) continue;
    const chat = app.directory.chatFor(createWid(name.slice(notePrefix.length)));
    chat.set({ name: String(value.name), formattedTitle: String(value.name), t: Number(value.t) });
  }
};

const withMetadata = (chat: ChatModel): ChatModel => {
  const known: unknown = Reflect.get(chat, 'newsletterMetadata');
  if (!(known instanceof ChannelMetadata)) Reflect.set(chat, 'newsletterMetadata', new ChannelMetadata(chat));
  return chat;
};

/** Channels arrive, can be listed and read. Whatever else WhatsApp does with them is in `refused.ts`. */
export const channelModules = (app: App): ModuleTable => {
  const { Channel } = app.collections;
  Channel.on('change:name', (chat) => {
    const known = Channel.get(Reflect.get(Object(chat), 'id'));
    if (known?.id.isNewsletter() === true) void remember(app, known).catch(reportError);
  });
  void recall(app).catch(reportError);

  const get = (id: unknown): ChatModel | undefined => {
    const chat = Channel.get(id);
    return chat?.id.isNewsletter() === true ? withMetadata(chat) : undefined;
  };
  const find = async (id: unknown): Promise<ChatModel> => {
    const chat = get(id);
    if (chat === undefined) throw new Error(`no channel ${String(id)} has arrived`);
    return chat;
  };
  const metadata = { get: (id: unknown): unknown => Reflect.get(get(id) ?? {}, 'newsletterMetadata'), update: find };
  return {
    WAWebCollections: {
      WAWebNewsletterCollection: { get, find, getModelsArray: () => Channel.filter(({ id }) => id.isNewsletter()).map(withMetadata) },
      NewsletterMetadataCollection: metadata,
      WAWebNewsletterMetadataCollection: metadata,
    },
    WAWebNewsletterGatingUtils: { isNewsletterCreationEnabled: () => false, getMaxSubscriberNumber: () => 100, getNewsletterDirectoryPageSize: () => 50 },
    WAWebNewsletterModelUtils: { ADMIN_NOTIFICATIONS: 'admin_notifications', MUTED_STATE: -1, UNMUTED_STATE: 0, getRoleByIdentifier: () => 'guest' },
    WAWebNewsletterSubscriberListAction: { getSubscribersInContacts: () => [] },
  };
};
