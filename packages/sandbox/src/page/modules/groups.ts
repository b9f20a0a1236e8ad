import type { ActArgs } from '../../acts/acts.ts';
import type { PersonResult } from '../../wire/results.ts';
import type { App, ModuleTable } from '../app.ts';
import { createWid, type Wid } from '../ids/wid.ts';
import type { ChatModel } from '../models/chat.ts';
import { GroupMetadata, MembershipRequest } from '../models/group-metadata.ts';
import { keepGroup } from './keep-answers.ts';

/** Asks for a group and keeps the answer; for an admin also who waits to be let in. */
export const refreshGroup = async (app: App, group: string): Promise<ChatModel> => {
  const chat = await keepGroup(app, await app.line.act('group.get', { group }));
  if (chat.groupMetadata !== undefined && chat.iAmAdmin()) await refreshRequests(app, group, chat.groupMetadata);
  return chat;
};

const refreshRequests = async (app: App, group: string, metadata: GroupMetadata): Promise<void> => {
  const { requests } = await app.line.act('group.requests', { group });
  metadata.membershipApprovalRequests.reset();
  for (const { person, at, by } of requests) metadata.membershipApprovalRequests.add(new MembershipRequest({ id: createWid(person), addedBy: createWid(by), t: at }), { silent: true });
};

/** A person by phone number where it is known: the library reads nothing else. */
const byPhone = (app: App, address: string): Wid => {
  const wid = createWid(address);
  return app.directory.phoneOf(wid) ?? wid;
};

interface CreateOptions {
  title: string;
  announce?: boolean;
  restrict?: boolean;
  memberAddMode?: boolean;
  membershipApprovalMode?: boolean;
  ephemeralDuration?: number;
}

const createArgs = ({ title, announce, restrict, memberAddMode, membershipApprovalMode, ephemeralDuration }: CreateOptions, participants: readonly { phoneNumber: Wid }[]): ActArgs<'group.create'> => ({
  subject: title,
  participants: participants.map(({ phoneNumber }) => phoneNumber.toString()),
  announce: announce === true,
  restrict: restrict === true,
  adminsAdd: memberAddMode === true,
  approval: membershipApprovalMode === true,
  disappearsAfter: ephemeralDuration ?? 0,
});

const createGroup = async (app: App, options: CreateOptions, participants: readonly { phoneNumber: Wid }[]): Promise<object> => {
  const { group, participants: results } = await app.line.act('group.create', createArgs(options, participants));
  const chat = await keepGroup(app, group);
  const asked = ({ person, code, inviteCode, inviteExpiresAt }: PersonResult): object => ({
    wid: byPhone(app, person),
    type: chat.groupMetadata?.participants.get(person)?.isSuperAdmin === true ? 'superadmin' : null,
    ...(code === 200 ? {} : { error: code }),
    ...(inviteCode === undefined ? {} : { invite_code: inviteCode, invite_code_exp: inviteExpiresAt }),
  });
  return { wid: chat.id, subject: group.subject, ts: group.at, participants: results.map(asked) };
};

/** What a link says of its group to someone who is not in it. */
const queryInvite = async (app: App, code: string): Promise<object> => {
  const { group, size } = await app.line.act('group.inviteInfo', { code });
  return { ...new GroupMetadata(createWid(group.id)).take(group).serialize(), size, inviteCode: code };
};

const join = async (app: App, code: string): Promise<{ gid: Wid }> => {
  const { group, waits } = await app.line.act('group.join', { code });
  if (!waits) await refreshGroup(app, group);
  return { gid: createWid(group) };
};

const joinPrivately = async (app: App, code: string, { group, inviter }: { group: string; inviter: Wid }): Promise<{ gid: Wid; status: number }> => {
  await app.line.act('group.joinPrivately', { group, code, inviter: inviter.toString() });
  return { gid: (await refreshGroup(app, group)).id, status: 200 };
};

/** WAWebCollections.GroupMetadata: it has none of its own, they are the chats'. What is known is kept up to date by stanzas. */
const groupMetadata = (app: App): object => {
  const get = (id: unknown): GroupMetadata | undefined => app.collections.Chat.get(id)?.groupMetadata;
  const find = async (id: unknown): Promise<GroupMetadata | undefined> => get(id) ?? (await refreshGroup(app, String(id))).groupMetadata;
  // Of a group that is gone nothing is asked: the answer would bring its chat back.
  const update = async (id: unknown): Promise<GroupMetadata | undefined> => (app.collections.Chat.get(id) === undefined ? undefined : find(id));
  return { get, find, update, getModelsArray: () => app.collections.Chat.getModelsArray().flatMap((chat) => chat.groupMetadata ?? []) };
};

/** Making, joining and looking up groups. */
export const groupModules = (app: App): ModuleTable => {
  const metadata = groupMetadata(app);
  return {
    WAWebCollections: { GroupMetadata: metadata, WAWebGroupMetadataCollection: metadata },
    WAWebGroupCreateJob: { createGroup: (options: CreateOptions, participants: { phoneNumber: Wid }[]) => createGroup(app, options, participants) },
    WAWebGroupQueryJob: {
      queryAndUpdateGroupMetadataById: async ({ id }: { id: unknown }) => (await refreshGroup(app, String(id))).groupMetadata,
      queryGroupInvite: (code: string) => queryInvite(app, code),
      resetGroupInviteCode: (id: unknown) => app.line.act('group.resetInvite', { group: String(id) }),
    },
    WAWebMexFetchGroupInviteCodeJob: { fetchMexGroupInviteCode: (id: unknown) => app.line.act('group.inviteCode', { group: String(id) }) },
    WAWebGroupInviteJob: { joinGroupViaInvite: (code: string) => join(app, code) },
    WAWebGroupInviteV4Job: { joinGroupViaInviteV4: (code: string, ...[, group, inviter]: [string, unknown, Wid]) => joinPrivately(app, code, { group: String(group), inviter }) },
  };
};
