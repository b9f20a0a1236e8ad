import { expect } from 'vitest';
import { dataOf } from '../people.ts';
import type { AnswerTable } from '../walk/procedure-answers.ts';
import { fieldOf } from '../walk/stage.ts';

const input = { name: 'A bridge', scopes: ['workspace.read'], expiresInDays: 30 };

export const apiKeyAnswers: AnswerTable = {
  'apiKeys.list': {
    works: async (stage, { client }) => {
      const { id, key } = dataOf<{ id: string; key: string }>(await stage.gateway.call.mutate('apiKeys.create', input, client));
      return {
        client,
        shows: ({ data }) => {
          expect(data).toEqual(expect.arrayContaining([expect.objectContaining({ id, name: input.name, scopes: input.scopes, prefix: key.slice(0, 14), lastUsedAt: null })]));
          expect(JSON.stringify(data)).not.toMatch(/mac/i);
          expect(JSON.stringify(data)).not.toContain(key);
        },
      };
    },
    badInput: {},
    signedOut: 'refused',
    wrongRole: { needs: 'api_keys.read', key: 'works' },
    otherWorkspace: 'nothing learnt',
  },

  'apiKeys.create': {
    works: (stage, { client, workspaceId }) => ({
      client,
      input,
      events: (answer) => [{ type: 'api_key.changed', apiKeyId: fieldOf(answer, 'id') }],
      shows: async (answer) => {
        const program = { apiKey: fieldOf(answer, 'key') };
        expect((await stage.gateway.call.query('workspaces.get', undefined, program)).data).toMatchObject({ id: workspaceId });
      },
    }),
    badInput: { name: '', scopes: ['everything'], expiresInDays: 0 },
    signedOut: 'refused',
    wrongRole: { needs: 'api_keys.manage', key: 'works' },
    otherWorkspace: 'nothing learnt',
  },

  'apiKeys.revoke': {
    works: async (stage, { client }) => {
      const { id, key } = dataOf<{ id: string; key: string }>(await stage.gateway.call.mutate('apiKeys.create', input, client));
      return {
        client,
        input: { apiKeyId: id },
        events: () => [{ type: 'api_key.changed', apiKeyId: id }],
        shows: async () => {
          expect((await stage.gateway.call.query('workspaces.get', undefined, { apiKey: key })).error?.code).toBe('SIGNED_OUT');
        },
      };
    },
    badInput: { apiKeyId: 'waxos_' },
    signedOut: 'refused',
    wrongRole: { needs: 'api_keys.manage', key: 'works' },
    otherWorkspace: 'not found',
  },
};
