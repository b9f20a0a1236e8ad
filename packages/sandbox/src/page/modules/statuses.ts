import type { App, ModuleTable } from '../app.ts';
import { createWid, type Wid } from '../ids/wid.ts';
import { Collection } from '../models/collection.ts';
import { Model } from '../models/model.ts';
import type { MsgModel } from '../models/msg.ts';

/** One person's status: what that person posted within a day. */
class StatusModel extends Model {
  id: Wid;
  t: number;
  totalCount: number;
  unreadCount: number;
  msgs = new Collection<MsgModel>();

  constructor(id: Wid, posts: readonly MsgModel[]) {
    super();
    this.id = id;
    this.t = Math.max(0, ...posts.map(({ t }) => t));
    this.totalCount = posts.length;
    this.unreadCount = posts.filter((post) => !post.id.fromMe).length;
    for (const post of posts) this.msgs.add(post, { silent: true });
  }
}

const daySeconds = 86_400;
const statusWid = createWid('status@broadcast');

/** WAWebCollections.Status: they only arrive. Made anew from the posts whenever someone asks. */
export const statusModules = (app: App): ModuleTable => {
  const posts = (): MsgModel[] => {
    const since = Date.now() / 1_000 - daySeconds;
    return app.collections.Channel.get(statusWid)?.msgs.filter(({ t, type }) => t > since && type !== 'revoked') ?? [];
  };
  const authorOf = (post: MsgModel): string => (post.author ?? post.from).toString();
  const sameAuthor = (post: MsgModel, id: unknown): boolean => {
    const author = createWid(authorOf(post));
    return author.equals(id) || app.directory.lidOf(author)?.equals(id) === true || app.directory.phoneOf(author)?.equals(id) === true;
  };
  const get = (id: unknown): StatusModel | undefined => {
    const own = posts().filter((post) => sameAuthor(post, id));
    return own.length === 0 ? undefined : new StatusModel(createWid(id), own);
  };
  // What came before the page was loaded is in storage only, until it is asked for.
  const load = async (): Promise<void> => void (await app.threads.earlier(app.directory.chatFor(statusWid), 1_000));

  return {
    WAWebCollections: {
      Status: {
        get,
        find: async (id: unknown): Promise<StatusModel> => {
          await load();
          const status = get(id);
          if (status === undefined) throw new Error(`${String(id)} has no status`);
          return status;
        },
        getModelsArray: () => [...new Set(posts().map(authorOf))].flatMap((author) => get(author) ?? []),
        getMyStatus: () => get(app.me()?.phone) ?? get(app.me()?.lid),
      },
    },
    WAWebStatusGatingUtils: { canCheckStatusRankingPosterGating: () => false },
  };
};
