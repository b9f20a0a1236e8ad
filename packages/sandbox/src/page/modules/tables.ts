import type { App, ModuleTable } from '../app.ts';
import { addressBookModules } from './address-book.ts';
import { callModules } from './calls.ts';
import { channelModules } from './channels.ts';
import { chatModules } from './chats.ts';
import { collectionModules } from './collections.ts';
import { contactModules } from './contacts.ts';
import { drawerModules } from './drawers.ts';
import { eventModules } from './events.ts';
import { groupMemberModules } from './group-members.ts';
import { groupSettingModules } from './group-settings.ts';
import { groupModules } from './groups.ts';
import { jidModules } from './jids.ts';
import { labelModules } from './labels.ts';
import { mediaModules } from './media.ts';
import { messageLookupModules } from './message-lookups.ts';
import { messageModules } from './messages.ts';
import { phoneNumberModules } from './phone-numbers.ts';
import { pictureModules } from './pictures.ts';
import { preferenceModules } from './preferences.ts';
import { presenceModules } from './presence.ts';
import { profileModules } from './profiles.ts';
import { reactionModules } from './reactions.ts';
import { refusedModules } from './refused.ts';
import { socketModules } from './socket.ts';
import { statusModules } from './statuses.ts';
import { threadModules } from './threads.ts';
import { vcardModules } from './vcards.ts';

/** All of WhatsApp's modules, each table from the file that knows it. */
const makers: readonly ((app: App) => ModuleTable)[] = [
  socketModules,
  collectionModules,
  threadModules,
  messageModules,
  messageLookupModules,
  reactionModules,
  mediaModules,
  contactModules,
  addressBookModules,
  profileModules,
  pictureModules,
  phoneNumberModules,
  vcardModules,
  jidModules,
  groupModules,
  groupMemberModules,
  groupSettingModules,
  chatModules,
  labelModules,
  presenceModules,
  drawerModules,
  callModules,
  eventModules,
  statusModules,
  channelModules,
  preferenceModules,
  refusedModules,
];

export const moduleTables = (app: App): ModuleTable[] => makers.map((make) => make(app));
