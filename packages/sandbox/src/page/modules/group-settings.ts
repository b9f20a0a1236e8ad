import type { ActArgs } from '../../acts/acts.ts';
import type { App, ModuleTable } from '../app.ts';
import type { Wid } from '../ids/wid.ts';
import type { ChatModel } from '../models/chat.ts';
import { keepChat } from './keep-answers.ts';
import { refreshGroup } from './groups.ts';

/** WhatsApp's names of what can be set, with 0 and 1; of adding members, 1 means that all may. */
const settings: Record<string, (value: number) => Omit<ActArgs<'group.settings'>, 'group'>> = {
  announcement: (value) => ({ announce: value === 1 }),
  restrict: (value) => ({ restrict: value === 1 }),
  member_add_mode: (value) => ({ adminsAdd: value === 0 }),
  membership_approval_mode: (value) => ({ approval: value === 1 }),
};

const setProperty = async (app: App, chat: ChatModel, [property, value]: [string, number]): Promise<void> => {
  const group = chat.id.toString();
  if (property === 'ephemeral') {
    await app.line.act('chat.disappear', { chat: group, after: value });
    return keepChat(app, chat, { disappearsAfter: value });
  }
  const setting = settings[property];
  if (setting === undefined) throw new Error(`unknown group property ${property}`);
  await app.line.act('group.settings', { group, ...setting(value) });
  await refreshGroup(app, group);
};

/** What a group says of itself, and what its members may do. */
export const groupSettingModules = (app: App): ModuleTable => ({
  WAWebSetPropertyGroupAction: { setGroupProperty: (chat: ChatModel, property: string, value: number) => setProperty(app, chat, [property, value]) },
  WAWebGroupModifyInfoJob: {
    setGroupSubject: async (wid: Wid, subject: string): Promise<void> => {
      await app.line.act('group.subject', { group: wid.toString(), subject });
      await refreshGroup(app, wid.toString());
    },
    // The ids of the new and the old description are WhatsApp's; the network here gives its own.
    setGroupDescription: async (wid: Wid, description: string): Promise<void> => {
      await app.line.act('group.description', { group: wid.toString(), description });
      await refreshGroup(app, wid.toString());
    },
  },
});
