import type { App, ModuleTable } from '../app.ts';
import { createWid, type Wid } from '../ids/wid.ts';
import { ContactModel } from '../models/contact.ts';
import { keepContact } from './keep-answers.ts';

/** What is read of a contact. */
const getters = (app: App): object => ({
  getIsMe: ({ id }: ContactModel): boolean => app.directory.isMe(id),
  getIsUser: ({ id }: ContactModel): boolean => id.isUser(),
  getIsGroup: ({ id }: ContactModel): boolean => id.isGroup(),
  // Whoever is not on WhatsApp never comes into the collection.
  getIsWAContact: ({ id }: ContactModel): boolean => id.isUser(),
  getUserid: ({ id }: ContactModel): string => id.user,
  getVerifiedName: ({ verifiedName }: ContactModel): string | undefined => verifiedName,
  getVerifiedLevel: ({ verifiedLevel }: ContactModel): number | undefined => verifiedLevel,
  getStatusMute: ({ statusMute }: ContactModel): boolean => statusMute,
  getName: ({ name }: ContactModel): string | undefined => name,
  getShortName: ({ shortName }: ContactModel): string | undefined => shortName,
  getPushname: ({ pushname }: ContactModel): string | undefined => pushname,
  getIsEnterprise: ({ isEnterprise }: ContactModel): boolean => isEnterprise,
});

/** From one address of a person to the other, as far as this device knows. */
const addressModules = ({ directory, manners, me }: App): ModuleTable => {
  const mine = (wid: Wid, kind: 'phone' | 'lid'): Wid | undefined => {
    const self = me();
    return self !== undefined && directory.isMe(wid) ? createWid(self[kind]) : undefined;
  };
  const phoneOf = (address: unknown): Wid | undefined => {
    const wid = createWid(address);
    return mine(wid, 'phone') ?? directory.phoneOf(wid);
  };
  const lidOf = (address: unknown): Wid | undefined => {
    const wid = createWid(address);
    if (manners().noLid === true && !wid.isLid()) throw new Error('No LID for user');
    return mine(wid, 'lid') ?? directory.lidOf(wid);
  };
  const otherAddress = (address: unknown): Wid | undefined => {
    const wid = createWid(address);
    if (!wid.isUser() || manners().noLid === true) return undefined;
    return wid.isLid() ? phoneOf(wid) : lidOf(wid);
  };
  return {
    WAWebApiContact: { getPhoneNumber: phoneOf, getCurrentLid: lidOf, getAlternateUserWid: otherAddress },
    WAWebLidMigrationUtils: { toPn: phoneOf, toLid: lidOf },
  };
};

/** Whoever has a link with this account is asked for under either address; what comes back is kept. */
const queryWidExists =
  (app: App) =>
  async (address: unknown): Promise<object | null> => {
    const wid = createWid(address);
    if (!wid.isUser()) return null;
    const found = await app.line.act('contact.exists', { person: String(wid) });
    if (found === null) return null;
    await keepContact(app, found);
    return { wid, lid: createWid(found.lid), biz: found.isBusiness };
  };

const getDeviceIds =
  ({ line }: App) =>
  (people: readonly Wid[]): Promise<object[]> =>
    Promise.all(
      people.map(async (wid) => {
        const { count } = await line.act('contact.devices', { person: String(wid) });
        return { wid, devices: Array.from({ length: count }, (_none, id) => ({ id })) };
      }),
    );

/** Contact.find: whoever it is, there is a contact; of someone who is not on WhatsApp it says nothing but the number. */
const findContact =
  (app: App) =>
  async (address: unknown): Promise<ContactModel> => {
    const wid = createWid(address);
    const { directory } = app;
    if (!wid.isUser() || directory.isMe(wid) || directory.known(wid) !== undefined) return directory.contactFor(wid);
    const found = await app.line.act('contact.exists', { person: String(wid) });
    return found === null ? Object.assign(new ContactModel({ id: wid }), { formattedName: wid.user }) : keepContact(app, found);
  };

/** The groups that both are in. The library keeps the list as long as it stands there, so it goes again at once: groups change. */
const findCommonGroups =
  ({ line }: App) =>
  async (contact: ContactModel): Promise<boolean> => {
    if (!contact.id.isUser()) return false;
    const { groups } = await line.act('contact.groups', { person: String(contact.id) });
    contact.commonGroups = { serialize: () => groups.map((group) => ({ id: createWid(group) })) };
    setTimeout(() => delete contact.commonGroups, 0);
    return true;
  };

export const contactModules = (app: App): ModuleTable => ({
  ...addressModules(app),
  WAWebCollections: { Contact: Object.assign(app.collections.Contact, { find: findContact(app) }) },
  WAWebContactGetters: getters(app),
  WAWebFrontendContactGetters: { getIsMyContact: ({ name }: ContactModel): boolean => name !== undefined },
  WAWebContactCollection: {
    getMeContact: (): ContactModel | undefined => {
      const me = app.me();
      return me === undefined ? undefined : app.directory.contactFor(createWid(me.phone));
    },
  },
  WAWebQueryExistsJob: { queryWidExists: queryWidExists(app) },
  WAWebApiDeviceList: { getDeviceIds: getDeviceIds(app) },
  WAWebFindCommonGroupsContactAction: { findCommonGroups: findCommonGroups(app) },
});
