import { expect } from 'vitest';
import type { Person } from '../people.ts';
import type { AnswerTable } from '../walk/procedure-answers.ts';
import type { Stage } from '../walk/stage.ts';

const expectMembers = async ({ gateway }: Stage, { client }: Person, expected: unknown): Promise<void> => {
  expect((await gateway.call.query('members.list', undefined, client)).data).toEqual(expected);
};

const expectGone = (stage: Stage, owner: Person, { memberId }: Person): Promise<void> =>
  expectMembers(stage, owner, expect.not.arrayContaining([expect.objectContaining({ id: memberId })]));

export const memberAnswers: AnswerTable = {
  'members.list': {
    works: (_stage, { client, memberId, email }) => ({
      client,
      shows: ({ data }) => expect(data).toEqual(expect.arrayContaining([expect.objectContaining({ id: memberId, email, role: 'owner', totpEnabled: false })])),
    }),
    badInput: {},
    signedOut: 'refused',
    wrongRole: { needs: 'members.read', key: 'works' },
    otherWorkspace: 'nothing learnt',
  },

  'members.changeRole': {
    works: async (stage, owner) => {
      const { memberId } = await stage.fresh(owner, 'agent');
      return {
        client: owner.client,
        input: { memberId, role: 'viewer' },
        events: () => [{ type: 'member.role_changed', memberId, role: 'viewer' }],
        shows: () => expectMembers(stage, owner, expect.arrayContaining([expect.objectContaining({ id: memberId, role: 'viewer' })])),
      };
    },
    badInput: { memberId: '1', role: 'boss' },
    signedOut: 'refused',
    wrongRole: { needs: 'members.update', key: 'works' },
    otherWorkspace: 'not found',
  },

  'members.remove': {
    works: async (stage, owner) => {
      const leaver = await stage.fresh(owner, 'agent');
      return {
        client: owner.client,
        input: { memberId: leaver.memberId },
        events: () => [{ type: 'member.removed', memberId: leaver.memberId }],
        shows: async () => {
          await expectGone(stage, owner, leaver);
          expect((await stage.gateway.call.query('workspaces.get', undefined, leaver.client)).error?.code).toBe('NOT_FOUND');
        },
      };
    },
    badInput: { memberId: 'me' },
    signedOut: 'refused',
    wrongRole: { needs: 'members.remove', key: 'works' },
    otherWorkspace: 'not found',
  },

  'members.leave': {
    works: async (stage, owner) => {
      const leaver = await stage.fresh(owner, 'viewer');
      return { client: leaver.client, events: () => [{ type: 'member.removed', memberId: leaver.memberId }], shows: () => expectGone(stage, owner, leaver) };
    },
    badInput: {},
    signedOut: 'refused',
    wrongRole: { needs: 'workspace.read', key: 'FORBIDDEN' },
    otherWorkspace: 'nothing learnt',
  },
};
