import { z } from 'zod';
import { groupAddress, personAddress } from './addresses.ts';

const people = z.array(personAddress).min(1).max(1_024);
const inviteCode = z.string().min(4).max(64);

/** Acts on groups. */
export const groupActs = {
  /** Answers `{ group, participants: {person, error?, inviteCode?, inviteExpiresAt?}[] }`. */
  'group.create': z.object({
    subject: z.string().min(1).max(100),
    participants: z.array(personAddress).max(1_023),
    announce: z.boolean().optional(),
    restrict: z.boolean().optional(),
    adminsAdd: z.boolean().optional(),
    approval: z.boolean().optional(),
    disappearsAfter: z.number().int().nonnegative().optional(),
  }),
  'group.get': z.object({ group: groupAddress }),
  /** Answers one result a person: 200, 403 (with an invite code), 404, 408, 409, 419. */
  'group.add': z.object({ group: groupAddress, people }),
  'group.remove': z.object({ group: groupAddress, people }),
  'group.promote': z.object({ group: groupAddress, people }),
  'group.demote': z.object({ group: groupAddress, people }),
  'group.leave': z.object({ group: groupAddress }),
  'group.subject': z.object({ group: groupAddress, subject: z.string().min(1).max(100) }),
  'group.description': z.object({ group: groupAddress, description: z.string().max(2_048) }),
  'group.settings': z.object({ group: groupAddress, announce: z.boolean().optional(), restrict: z.boolean().optional(), adminsAdd: z.boolean().optional(), approval: z.boolean().optional() }),
  'group.inviteCode': z.object({ group: groupAddress }),
  'group.resetInvite': z.object({ group: groupAddress }),
  'group.inviteInfo': z.object({ code: inviteCode }),
  /** By link; where the group wants approval, asks for it. */
  'group.join': z.object({ code: inviteCode }),
  /** By a private invitation, which names who invited. */
  'group.joinPrivately': z.object({ group: groupAddress, code: inviteCode, inviter: personAddress }),
  'group.requests': z.object({ group: groupAddress }),
  'group.decide': z.object({ group: groupAddress, people, approve: z.boolean() }),
} as const;
