import { expect } from 'vitest';
import { dataOf, PASSWORD, tokenIn, type Person } from '../people.ts';
import type { AnswerTable } from '../walk/procedure-answers.ts';
import { fieldOf, type Stage } from '../walk/stage.ts';
import { someId } from './expected.ts';
import { newAddress } from './newcomer.ts';

const invite = async ({ gateway }: Stage, owner: Person, email = newAddress()): Promise<{ invitationId: string; email: string; token: string }> => {
  const made = await gateway.call.mutate('invitations.create', { email, role: 'agent' }, owner.client);
  return { invitationId: fieldOf(made, 'id'), email, token: tokenIn((await gateway.postBox.letterTo(email, /invites/)).text) };
};

const expectOpen = async ({ gateway }: Stage, { client }: Person, expected: unknown): Promise<void> => {
  expect((await gateway.call.query('invitations.list', undefined, client)).data).toEqual(expected);
};

const person = { name: 'A newcomer', password: PASSWORD, locale: 'en' };
const forged = { token: 'forged', person };

export const invitationAnswers: AnswerTable = {
  'invitations.preview': {
    works: async (stage, owner) => {
      const { email, token } = await invite(stage, owner);
      return { client: {}, input: { token }, shows: ({ data }) => expect(data).toMatchObject({ email, role: 'agent', invitedByName: owner.name, accountExists: false }) };
    },
    badInput: { token: '' },
    signedOut: { deed: async () => ({ input: { token: 'forged' }, client: {} }), code: 'LINK_EXPIRED' },
    wrongRole: 'anybody may',
    otherWorkspace: 'nothing learnt',
  },

  'invitations.accept': {
    works: async (stage, owner) => {
      const { email, token, invitationId } = await invite(stage, owner);
      return {
        client: {},
        input: { token, person },
        events: () => [
          { type: 'member.joined', memberId: someId(), role: 'agent' },
          { type: 'invitation.changed', invitationId },
        ],
        shows: async ({ data, cookie = '' }) => {
          expect(data).toEqual({ workspaceId: owner.workspaceId });
          const account = await stage.gateway.call.query('account.get', undefined, { cookie });
          expect(account.data).toMatchObject({ email, workspaces: [{ id: owner.workspaceId, role: 'agent' }] });
        },
      };
    },
    badInput: { token: 7, 'person.name': '', 'person.password': 'short', 'person.locale': 'xx' },
    signedOut: { deed: async () => ({ input: forged, client: {} }), code: 'LINK_EXPIRED' },
    // Signed in as somebody else than the invited.
    wrongRole: { deed: async (stage) => ({ input: { token: (await invite(stage, stage.people.owner)).token }, client: stage.people.viewer.client }), code: 'FORBIDDEN' },
    otherWorkspace: 'nothing learnt',
  },

  'invitations.list': {
    works: async (stage, owner) => {
      const { invitationId, email } = await invite(stage, owner);
      return { client: owner.client, shows: ({ data }) => expect(data).toEqual(expect.arrayContaining([expect.objectContaining({ id: invitationId, email, role: 'agent' })])) };
    },
    badInput: {},
    signedOut: 'refused',
    wrongRole: { needs: 'members.invite', key: 'works' },
    otherWorkspace: 'nothing learnt',
  },

  'invitations.create': {
    works: (stage, owner) => {
      const email = newAddress();
      return {
        client: owner.client,
        input: { email, role: 'viewer' },
        events: (answer) => [{ type: 'invitation.changed', invitationId: fieldOf(answer, 'id') }],
        jobs: ['invitation.mail'],
        shows: async () => {
          const { text } = await stage.gateway.postBox.letterTo(email);
          expect(dataOf(await stage.gateway.call.query('invitations.preview', { token: tokenIn(text) }))).toMatchObject({ email, role: 'viewer' });
        },
      };
    },
    badInput: { email: 'two@addresses@example.com', role: 'god' },
    signedOut: 'refused',
    wrongRole: { needs: 'members.invite', key: 'works' },
    otherWorkspace: 'nothing learnt',
  },

  'invitations.resend': {
    works: async (stage, owner) => {
      const { invitationId, token } = await invite(stage, owner);
      return {
        client: owner.client,
        input: { invitationId },
        events: () => [{ type: 'invitation.changed', invitationId }],
        jobs: ['invitation.mail'],
        shows: async () => {
          expect((await stage.gateway.call.query('invitations.preview', { token })).error?.code).toBe('LINK_EXPIRED');
        },
      };
    },
    badInput: { invitationId: '' },
    signedOut: 'refused',
    wrongRole: { needs: 'members.invite', key: 'works' },
    otherWorkspace: 'not found',
  },

  'invitations.revoke': {
    works: async (stage, owner) => {
      const { invitationId, token } = await invite(stage, owner);
      return {
        client: owner.client,
        input: { invitationId },
        events: () => [{ type: 'invitation.changed', invitationId }],
        shows: async () => {
          await expectOpen(stage, owner, expect.not.arrayContaining([expect.objectContaining({ id: invitationId })]));
          expect((await stage.gateway.call.query('invitations.preview', { token })).error?.code).toBe('LINK_EXPIRED');
        },
      };
    },
    badInput: { invitationId: 'all' },
    signedOut: 'refused',
    wrongRole: { needs: 'members.invite', key: 'works' },
    otherWorkspace: 'not found',
  },
};
