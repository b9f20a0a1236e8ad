import type { App, ModuleTable } from '../app.ts';
import { createWid, type Wid } from '../ids/wid.ts';
import { Collection } from '../models/collection.ts';
import type { ContactModel } from '../models/contact.ts';
import { Model } from '../models/model.ts';
import { keepContact } from './keep-answers.ts';

class Blocked extends Model {
  id: Wid;
  constructor(id: Wid) {
    super();
    this.id = id;
  }
}

/** Blocklist: no list of its own, but those contacts that are blocked. */
class Blocklist extends Collection<Blocked> {
  #contacts: Collection<ContactModel>;

  constructor(contacts: Collection<ContactModel>) {
    super();
    this.#contacts = contacts;
  }

  override get(id: unknown): Blocked | undefined {
    const contact = this.#contacts.get(id);
    return contact?.isContactBlocked === true ? new Blocked(contact.id) : undefined;
  }

  override getModelsArray(): Blocked[] {
    return this.#contacts.filter(({ isContactBlocked }) => isContactBlocked).map(({ id }) => new Blocked(id));
  }

  override get length(): number {
    return this.getModelsArray().length;
  }
}

const block = async (app: App, contact: ContactModel, blocked: boolean): Promise<void> => {
  const person = String(contact.id);
  await app.line.act('contact.block', { person, blocked });
  await keepContact(app, await app.line.act('contact.get', { person }));
};

interface NamedContact {
  firstName: string;
  lastName?: string;
  phoneNumber: unknown;
}

const save =
  (app: App) =>
  async ({ firstName, lastName, phoneNumber }: NamedContact): Promise<void> => {
    const phone = String(phoneNumber).replaceAll(/@.*|\D/g, '');
    await keepContact(app, await app.line.act('contact.save', { phone, firstName, ...(lastName === undefined ? {} : { lastName }) }));
  };

const forget =
  (app: App) =>
  async ({ phoneNumber }: { phoneNumber: Wid }): Promise<void> => {
    const person = String(phoneNumber);
    await app.line.act('contact.forget', { person });
    await keepContact(app, await app.line.act('contact.get', { person }));
  };

/** The address book and the list of the blocked. */
export const addressBookModules = (app: App): ModuleTable => ({
  WAWebCollections: { Blocklist: new Blocklist(app.collections.Contact) },
  WAWebBlockContactUtils: { getContactToBlockOnlyUseIfNoAssociatedChat: (contact: ContactModel): ContactModel => app.directory.contactFor(createWid(contact.id)) },
  WAWebBlockContactAction: {
    blockContact: ({ contact }: { contact: ContactModel }) => block(app, contact, true),
    unblockContact: (contact: ContactModel) => block(app, contact, false),
  },
  WAWebSaveContactAction: { saveContactAction: save(app) },
  WAWebDeleteContactAction: { deleteContactAction: forget(app) },
});
