import { chatSchema, groupSchema, personSchema } from '@waxos/contract/node-link/identities';
import { z } from 'zod';
import type { DriverEvent, GroupChanged } from './driver.ts';

const words = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);

export const toldGroupSchema = z.object({
  what: z.literal('group'),
  group: groupSchema,
  subject: words,
  description: words,
  onlyAdminsSend: flag,
  onlyAdminsEdit: flag,
  members: z.array(z.object({ person: personSchema, role: z.enum(['member', 'admin', 'owner']) })).optional().catch(undefined),
});
export const toldPersonSchema = z.object({ what: z.literal('person'), person: personSchema, name: words, pushName: words, business: flag });
export const toldPictureSchema = z.object({ what: z.literal('picture'), chat: chatSchema, has: z.boolean() });
export const toldPresenceSchema = z.object({
  what: z.literal('presence'),
  chat: chatSchema,
  by: personSchema,
  state: z.enum(['typing', 'recording', 'paused', 'online', 'offline']),
  lastSeen: z.number().int().nonnegative().optional().catch(undefined),
});

const longest = 4_096;
const membersMax = 2_048;

export const groupOf = ({ group, subject, description, onlyAdminsSend, onlyAdminsEdit, members }: z.infer<typeof toldGroupSchema>): GroupChanged => ({
  type: 'group.changed',
  group,
  ...(subject === undefined ? {} : { subject: subject.slice(0, longest) }),
  ...(description === undefined ? {} : { description: description.slice(0, longest) }),
  ...(onlyAdminsSend === undefined ? {} : { onlyAdminsSend }),
  ...(onlyAdminsEdit === undefined ? {} : { onlyAdminsEdit }),
  // A list that is not all of them is none.
  ...(members === undefined || members.length > membersMax ? {} : { members }),
});

export const toGroup = (given: unknown): GroupChanged | undefined => {
  const told = toldGroupSchema.safeParse(given).data;
  return told === undefined ? undefined : groupOf(told);
};

export const personOf = ({ person, name, pushName, business }: z.infer<typeof toldPersonSchema>): Extract<DriverEvent, { type: 'person.changed' }> => ({
  type: 'person.changed',
  person,
  ...(name === undefined ? {} : { name: name.slice(0, longest) }),
  ...(pushName === undefined ? {} : { pushName: pushName.slice(0, longest) }),
  ...(business === undefined ? {} : { business }),
});
