import type { PersonResult } from '../../wire/results.ts';
import type { App, ModuleTable } from '../app.ts';
import { MsgKey } from '../ids/msg-key.ts';
import { createWid, type Wid } from '../ids/wid.ts';
import { ServerStatusCodeError } from '../line/server-status-code-error.ts';
import type { ChatModel } from '../models/chat.ts';
import type { ParticipantModel } from '../models/group-metadata.ts';
import { sendMessage, type SendResult } from '../threads/send-message.ts';
import { refreshGroup } from './groups.ts';

interface Asked {
  iqTo: string;
  participantArgs: { participantJid: string }[];
}

/** The answer in the shape of WhatsApp's generated parsers, of which the library reads the innermost. */
const added = ({ person, code, inviteCode, inviteExpiresAt }: PersonResult): object => {
  const mixins =
    code === 200
      ? { name: 'ParticipantAdded', value: { jid: person } }
      : {
          name: inviteCode === undefined ? 'ParticipantError' : 'ParticipantRequestCodeCanBeSent',
          value: { jid: person, error: String(code), ...(inviteCode === undefined ? {} : { addRequestCode: inviteCode, addRequestExpiration: inviteExpiresAt }) },
        };
  return { addParticipantsParticipantAddedOrNonRegisteredWaUserParticipantErrorLidResponseMixinGroup: { value: { addParticipantsParticipantMixins: mixins } } };
};

const addParticipants = async (app: App, { iqTo, participantArgs }: Asked): Promise<object> => {
  const group = String(createWid(iqTo));
  try {
    const { results } = await app.line.act('group.add', { group, people: participantArgs.map(({ participantJid }) => String(createWid(participantJid))) });
    await refreshGroup(app, group);
    return { name: 'AddParticipantsResponseSuccess', value: { addParticipant: results.map(added) } };
  } catch (error) {
    if (!(error instanceof ServerStatusCodeError)) throw error;
    return { name: 'AddParticipantsResponseClientError', value: { errorAddParticipantsClientErrors: { value: { code: String(error.status) } } } };
  }
};

interface Decision {
  iqTo: string;
  approveArgs?: Pick<Asked, 'participantArgs'>;
  rejectArgs?: Pick<Asked, 'participantArgs'>;
}

const decide = async (app: App, { iqTo, approveArgs, rejectArgs }: Decision): Promise<object> => {
  const group = String(createWid(iqTo));
  const approve = approveArgs !== undefined;
  const people = ((approveArgs ?? rejectArgs)?.participantArgs ?? []).map(({ participantJid }) => String(createWid(participantJid)));
  try {
    const { results } = await app.line.act('group.decide', { group, people, approve });
    await refreshGroup(app, group);
    const mixins = approve ? 'membershipRequestsActionAcceptParticipantMixins' : 'membershipRequestsActionRejectParticipantMixins';
    const participant = results.map(({ person, code }) => ({ jid: createWid(person).toJid(), ...(code === 200 ? {} : { [mixins]: { value: { error: String(code) } } }) }));
    return { name: 'MembershipRequestsActionResponseSuccess', value: { [approve ? 'membershipRequestsActionApprove' : 'membershipRequestsActionReject']: { participant } } };
  } catch (error) {
    if (!(error instanceof ServerStatusCodeError)) throw error;
    return { name: 'MembershipRequestsActionResponseClientError', value: { errorMembershipRequestsActionClientErrors: { value: { code: String(error.status) } } } };
  }
};

const listRequests = async (app: App, id: unknown): Promise<object[]> => {
  const { requests } = await app.line.act('group.requests', { group: String(id) });
  return requests.map(({ person, at, by }) => ({ id: createWid(person), addedBy: createWid(by), parentGroupId: null, requestMethod: by === person ? 'InviteLink' : 'NonAdminAdd', t: at }));
};

const invite = (app: App, chat: ChatModel, fields: { group: string; name: string; code: string; expiresAt: unknown; comment: string }): Promise<SendResult> => {
  const me = app.me();
  if (me === undefined) throw new Error('not linked');
  const from = createWid(chat.id.isLid() ? me.lid : me.phone);
  const start = async (): Promise<SendResult> => {
    const id = new MsgKey({ from, to: chat.id, id: await MsgKey.newId(), selfDir: 'out' });
    const { group, name, code, expiresAt, comment } = fields;
    const said = { type: 'groups_v4_invite', inviteGrp: group, inviteGrpName: name, inviteCode: code, inviteCodeExp: Number(expiresAt), comment };
    const [, result] = sendMessage(app, chat, { ...said, id, from });
    return result;
  };
  return start();
};

type MemberAct = 'group.remove' | 'group.promote' | 'group.demote';

/** Who is in a group, who may come in, and who leads it. */
export const groupMemberModules = (app: App): ModuleTable => {
  const change =
    (act: MemberAct) =>
    async (chat: ChatModel, participants: readonly ParticipantModel[]): Promise<void> => {
      if (participants.length === 0) return;
      const group = chat.id.toString();
      await app.line.act(act, { group, people: participants.map(({ id }) => id.toString()) });
      await refreshGroup(app, group);
    };
  return {
    WAWebModifyParticipantsGroupAction: { removeParticipants: change('group.remove'), promoteParticipants: change('group.promote'), demoteParticipants: change('group.demote') },
    WASmaxGroupsAddParticipantsRPC: { sendAddParticipantsRPC: (asked: Asked) => addParticipants(app, asked) },
    WASmaxGroupsMembershipRequestsActionRPC: { sendMembershipRequestsActionRPC: (decision: Decision) => decide(app, decision) },
    WAWebApiMembershipApprovalRequestStore: { getMembershipApprovalRequests: (id: Wid) => listRequests(app, id) },
    WAWebExitGroupAction: { sendExitGroup: async (chat: ChatModel) => void (await app.line.act('group.leave', { group: chat.id.toString() })) },
    WAWebChatSendMessages: {
      // Seven things in a row, as WhatsApp calls it; the last is a picture.
      sendGroupInviteMessage: (chat: ChatModel, ...[group, name, code, expiresAt, comment]: [string, string, string, unknown, string, unknown]) => invite(app, chat, { group, name, code, expiresAt, comment }),
    },
  };
};
