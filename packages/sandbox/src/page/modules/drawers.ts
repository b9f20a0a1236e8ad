import type { App, ModuleTable } from '../app.ts';
import { MsgKey } from '../ids/msg-key.ts';
import type { ChatModel } from '../models/chat.ts';
import { Model } from '../models/model.ts';
import type { MsgModel } from '../models/msg.ts';

/** What WhatsApp shows of itself: which chat is open, and the drawers beside it. */
class Shown extends Model {
  declare chat?: ChatModel;
  declare drawer?: 'chat' | 'search' | 'message';
  declare message?: MsgModel;
}

const features = new Map<string, boolean>();

/** WAWebCollections.Features: named switches, all off until someone turns one on. */
const featureSwitches = {
  F: { ARCHIVE_V2: 'archive_v2', KEY_PARTICIPANT: 'key_participant', MD_BACKEND: 'md_backend', STATUS_V3: 'status_v3' },
  supportsFeature: (feature: string): boolean => features.get(feature) ?? false,
  setFeature: (feature: string, on: boolean): void => void features.set(feature, on),
};

/** The page has no thread to show, but remembers what would be open. */
export const drawerModules = (app: App): ModuleTable => {
  const shown = new Shown();
  const open = async (what: Partial<Shown>): Promise<true> => {
    shown.set(what);
    return true;
  };
  return {
    WAWebCmd: {
      Cmd: Object.assign(app.cmd, {
        openChatBottom: ({ chat }: { chat: ChatModel }) => open({ chat }),
        openChatAt: ({ chat }: { chat: ChatModel }) => open({ chat }),
        openDrawerMid: (chat: ChatModel) => open({ chat, drawer: 'chat' }),
        chatSearch: (chat: ChatModel) => open({ chat, drawer: 'search' }),
        msgInfoDrawer: (message: MsgModel) => open({ message, drawer: 'message' }),
      }),
    },
    WAWebChatMessageSearch: { getSearchContext: async (chat: ChatModel, key: unknown) => ({ collection: chat.msgs, msg: app.collections.Msg.get(key), key: MsgKey.from(key) }) },
    WAWebDrawerManager: { DrawerManager: { closeDrawerRight: async () => void Reflect.deleteProperty(shown, 'drawer') } },
    WAWebCollections: { Features: featureSwitches },
  };
};
