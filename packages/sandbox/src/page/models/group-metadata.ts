import type { WireGroup } from '../../wire/stanzas.ts';
import { createWid, type Wid } from '../ids/wid.ts';
import { Collection } from './collection.ts';
import { Model } from './model.ts';

export class ParticipantModel extends Model {
  id: Wid;
  isAdmin: boolean;
  isSuperAdmin: boolean;

  constructor({ id, isAdmin, isSuperAdmin }: { id: Wid; isAdmin: boolean; isSuperAdmin: boolean }) {
    super();
    this.id = id;
    this.isAdmin = isAdmin;
    this.isSuperAdmin = isSuperAdmin;
  }
}

export class MembershipRequest extends Model {
  id: Wid;
  addedBy: Wid;
  t: number;

  constructor({ id, addedBy, t }: { id: Wid; addedBy: Wid; t: number }) {
    super();
    this.id = id;
    this.addedBy = addedBy;
    this.t = t;
  }
}

export class GroupMetadata extends Model {
  id: Wid;
  participants = new Collection<ParticipantModel>();
  membershipApprovalRequests = new Collection<MembershipRequest>();
  creation = 0;
  subject = '';
  desc = '';
  announce = false;
  restrict = false;
  memberAddMode = 'all_member_add';
  membershipApprovalMode = false;
  isLidAddressingMode = false;
  size = 0;
  declare owner?: Wid;
  declare descId?: string;
  /** No longer a member. */
  left = false;

  constructor(id: Wid) {
    super();
    this.id = id;
  }

  take(wire: WireGroup): this {
    this.participants.reset();
    for (const { id, isAdmin, isSuperAdmin } of wire.participants) this.participants.add(new ParticipantModel({ id: createWid(id), isAdmin, isSuperAdmin }), { silent: true });
    return this.set({
      owner: createWid(wire.owner),
      creation: wire.at,
      subject: wire.subject,
      desc: wire.description ?? '',
      ...(wire.descriptionId === undefined ? {} : { descId: wire.descriptionId }),
      announce: wire.announce,
      restrict: wire.restrict,
      memberAddMode: wire.adminsAdd ? 'admin_add' : 'all_member_add',
      membershipApprovalMode: wire.approval,
      isLidAddressingMode: wire.lidAddressing,
      size: wire.participants.length,
      left: wire.left === true,
    } as Partial<this>);
  }
}
