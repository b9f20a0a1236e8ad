import type { App, ModuleTable } from '../app.ts';
import { createWid, type Wid } from '../ids/wid.ts';
import { Collection } from '../models/collection.ts';
import { Model } from '../models/model.ts';
import { keepContact } from './keep-answers.ts';

/** WAWebCollections.BusinessProfile; `profileOptions` says that there is one. */
class BusinessProfile extends Model {
  id: Wid;
  declare description?: string;
  declare categories?: { id: string; localized_display_name: string }[];
  declare website?: string[];
  declare email?: string;
  declare address?: string;
  declare profileOptions?: { commerceExperience: 'none'; cartEnabled: boolean };

  constructor(id: Wid) {
    super();
    this.id = id;
  }
}

const categoriesOf = (category: string): { id: string; localized_display_name: string }[] => [{ id: category.toLowerCase().replaceAll(/\W+/g, '_'), localized_display_name: category }];

const businessProfiles = (app: App): object => {
  const profiles = new Collection<BusinessProfile>();
  const find = async (address: unknown): Promise<BusinessProfile> => {
    const id = createWid(address);
    const profile = profiles.get(id) ?? profiles.add(new BusinessProfile(id));
    const told = await app.line.act('contact.business', { person: String(id) });
    if (told === null) return profile;
    const { category, ...rest } = told;
    return profile.set({ ...rest, ...(category === undefined ? {} : { categories: categoriesOf(category) }), profileOptions: { commerceExperience: 'none', cartEnabled: false } } as Partial<BusinessProfile>);
  };
  return Object.assign(profiles, { find });
};

/** A note on a customer. The network keeps its text alone; when it was written is this device's memory. */
class NoteModel extends Model {
  id: string;
  type = 'unstructured';
  chatJid: string;
  content: string;
  createdAt: number;
  modifiedAt: number;

  constructor(chatJid: string, content: string, times: { createdAt: number; modifiedAt: number }) {
    super();
    this.id = `note_${chatJid}`;
    this.chatJid = chatJid;
    this.content = content;
    this.createdAt = times.createdAt;
    this.modifiedAt = times.modifiedAt;
  }
}

const noteTimes = (value: unknown): { createdAt: number; modifiedAt: number } | undefined =>
  typeof value === 'object' && value !== null && 'createdAt' in value && 'modifiedAt' in value ? { createdAt: Number(value.createdAt), modifiedAt: Number(value.modifiedAt) } : undefined;

const noteModules = (app: App): ModuleTable => {
  const rowOf = (jid: string): string => `note_${app.directory.chatAddress(createWid(jid)).toString()}`;
  const timesOf = async (jid: string): Promise<{ createdAt: number; modifiedAt: number } | undefined> => noteTimes((await app.storage.get('notes', rowOf(jid)))?.value);

  const add = async (_type: string, jid: string, note: string): Promise<void> => {
    const person = String(createWid(jid));
    await app.line.act('contact.note', { person, note });
    await keepContact(app, await app.line.act('contact.get', { person }));
    const modifiedAt = Date.now();
    const createdAt = (await timesOf(jid))?.createdAt ?? modifiedAt;
    await app.storage.write([{ store: 'notes', put: { name: rowOf(jid), value: { createdAt, modifiedAt } } }]);
  };
  const retrieve = async (jid: string): Promise<NoteModel | null> => {
    const note = app.directory.known(createWid(jid))?.note;
    return note === undefined || note === '' ? null : new NoteModel(jid, note, (await timesOf(jid)) ?? { createdAt: 0, modifiedAt: 0 });
  };
  return {
    WAWebBizGatingUtils: { smbNotesV1Enabled: (): boolean => app.me()?.platform.startsWith('smb') ?? false },
    WAWebNoteAction: { noteAddAction: add, retrieveOnlyNoteForChatJid: retrieve },
  };
};

/** What people say of themselves: name, about, business; and what is noted of them. */
export const profileModules = (app: App): ModuleTable => ({
  ...noteModules(app),
  WAWebCollections: { BusinessProfile: businessProfiles(app) },
  WAWebSetPushnameConnAction: {
    setPushname: async (name: string): Promise<void> => {
      await app.line.act('profile.name', { name });
      app.conn.set({ pushname: name });
    },
  },
  WAWebContactStatusBridge: {
    // A person who shows it to nobody: WhatsApp answers a number.
    getStatus: async ({ wid }: { wid: unknown }): Promise<{ status: string | number }> => ({ status: (await app.line.act('contact.about', { person: String(createWid(wid)) })).about ?? 401 }),
    setMyStatus: async (about: string): Promise<void> => void (await app.line.act('profile.about', { about })),
  },
});
