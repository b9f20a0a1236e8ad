import type { WireContact } from '../../wire/stanzas.ts';
import { createWid, type Wid } from '../ids/wid.ts';
import { Model } from './model.ts';

/** A person, or the contact side of a group. */
export class ContactModel extends Model {
  id: Wid;
  type = 'in';
  isBusiness = false;
  isEnterprise = false;
  isContactBlocked = false;
  isMe = false;
  statusMute = false;
  declare lid?: Wid;
  declare phoneNumber?: Wid;
  declare name?: string;
  declare shortName?: string;
  declare pushname?: string;
  declare verifiedName?: string;
  declare verifiedLevel?: number;
  declare formattedName?: string;
  declare isAddressBookContact?: number;
  declare note?: string;
  declare businessProfile?: Model;
  declare commonGroups?: { serialize: () => unknown };

  constructor({ id }: { id: Wid }) {
    super();
    this.id = id;
  }
}

/** A contact's attributes as the network tells them. */
export const contactAttributes = (wire: WireContact): Partial<ContactModel> => ({
  lid: createWid(wire.lid),
  ...(wire.phone === undefined ? {} : { phoneNumber: createWid(wire.phone) }),
  name: wire.name,
  shortName: wire.firstName ?? wire.name,
  pushname: wire.pushName,
  isBusiness: wire.isBusiness,
  verifiedName: wire.verifiedName,
  verifiedLevel: wire.verifiedName === undefined ? 0 : 2,
  isContactBlocked: wire.isBlocked,
  isMe: wire.isMe === true,
  isAddressBookContact: wire.name === undefined ? 0 : 1,
  formattedName: wire.name ?? wire.pushName ?? `+${(wire.phone ?? wire.lid).replace(/@.*/, '')}`,
  note: wire.note,
}) as Partial<ContactModel>;
