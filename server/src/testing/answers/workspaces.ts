import { expect } from 'vitest';
import type { AnswerTable } from '../walk/procedure-answers.ts';
import { fieldOf } from '../walk/stage.ts';
import { someId } from './expected.ts';

export const workspaceAnswers: AnswerTable = {
  'workspaces.create': {
    works: async (stage, owner) => {
      const { client } = await stage.fresh(owner, 'agent');
      return {
        client,
        input: { name: 'Second quay', timeZone: 'Asia/Jakarta' },
        events: () => [{ type: 'member.joined', memberId: someId(), role: 'owner' }],
        shows: async (answer) => {
          const made = { cookie: answer.cookie ?? '', workspaceId: fieldOf(answer, 'workspaceId') };
          expect(made.cookie).not.toBe(client.cookie);
          expect((await stage.gateway.call.query('workspaces.get', undefined, made)).data).toMatchObject({ name: 'Second quay', timeZone: 'Asia/Jakarta', locale: 'en' });
        },
      };
    },
    badInput: { name: '', timeZone: 'Mars/Olympus' },
    signedOut: 'refused',
    wrongRole: 'not a person',
    otherWorkspace: 'nothing learnt',
  },

  'workspaces.get': {
    works: (_stage, { client, workspaceId }) => ({ client, shows: ({ data }) => expect(data).toMatchObject({ id: workspaceId, locale: 'en' }) }),
    badInput: {},
    signedOut: 'refused',
    wrongRole: { needs: 'workspace.read', key: 'works' },
    otherWorkspace: 'nothing learnt',
  },

  'workspaces.update': {
    works: (_stage, { client, workspaceId }) => ({
      client,
      input: { name: 'Renamed', locale: 'en', timeZone: 'Asia/Jakarta' },
      events: () => [{ type: 'workspace.updated', name: 'Renamed' }],
      shows: ({ data }) => expect(data).toMatchObject({ id: workspaceId, name: 'Renamed', timeZone: 'Asia/Jakarta' }),
    }),
    badInput: { name: 'x'.repeat(81), locale: 'en-XX', timeZone: 'Mars/Olympus' },
    signedOut: 'refused',
    wrongRole: { needs: 'workspace.update', key: 'works' },
    otherWorkspace: 'nothing learnt',
  },
};
